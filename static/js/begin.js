/* The drawn map comes first. Once its frame is made and the page is complete, scripts, figures, styles and letters are asked
   for, those that take longest to read first, and then put to use; asked for a frame earlier, their answers would hold it up.
   The words, which a wide window holds back until then (first-map.css), come with the chips (app.js), so that the page is laid
   out once, but at the latest a moment after the drawing. A classic script that stands in the page's head. */

(() => {
  const PATIENCE = 120; // ms that words wait
  const links = [...document.querySelectorAll("link[data-later]")];
  const early = (window.qamtuEarly = {}); // answers by address for api.js, which asks again where there is none and says why
  const json = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  let begun = false;

  const ask = () => {
    for (const link of links) {
      if (link.dataset.later === "fetch") early[link.getAttribute("href")] = json(link.href);
      else link.rel = link.dataset.later === "modulepreload" ? "modulepreload" : "preload";
    }
    document.fonts.load('1em "Source Sans 3 Qamtu"');
  };

  const begin = () => {
    if (begun) return;
    begun = true;
    ask();
    for (const link of links.filter(({ dataset }) => dataset.later === "stylesheet")) link.rel = "stylesheet";
    setTimeout(() => document.documentElement.classList.remove("first"), PATIENCE);
    for (const link of links.filter(({ dataset }) => dataset.later === "modulepreload")) {
      const script = document.createElement("script");
      script.type = "module";
      script.src = link.href;
      document.head.append(script);
    }
  };

  const afterFrame = (then) => requestAnimationFrame(() => {
    const drawn = document.querySelector(".first-map, .first-paint:empty");
    setTimeout(then, 0, drawn);
  });
  const complete = (then) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", then, { once: true });
    else then();
  };
  afterFrame((drawn) => complete(() => (drawn ? begin() : afterFrame(begin))));
  setTimeout(() => complete(begin), 400); // a page in the background has no frames
})();
