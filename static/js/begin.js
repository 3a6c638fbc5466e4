/* The drawn map comes first. While its frame is made, letters, styles and scripts are asked for; they are put to use once it
   is on screen and the page is complete. The words, which a wide window holds back until then (first-map.css), come with
   their letters and styles, but at the latest a moment after the map. A classic script that stands in the page's head. */

(() => {
  const PATIENCE = 80; // ms that words wait
  const links = [...document.querySelectorAll("link[data-later]")];
  const awaited = [];
  let asked = false;
  let begun = false;

  const ask = () => {
    if (asked) return;
    asked = true;
    awaited.push(document.fonts.load('1em "Source Sans 3 Qamtu"'));
    for (const link of links) link.rel = link.dataset.later === "modulepreload" ? "modulepreload" : "preload";
  };

  const begin = () => {
    ask();
    if (begun) return;
    begun = true;
    for (const link of links.filter(({ dataset }) => dataset.later === "stylesheet")) {
      awaited.push(new Promise((done) => { link.onload = done; }));
      link.rel = "stylesheet";
    }
    const show = () => document.documentElement.classList.remove("first");
    Promise.all(awaited).then(show, show); // together, so that the words are measured once
    setTimeout(show, PATIENCE);
    for (const link of links.filter(({ dataset }) => "run" in dataset)) {
      const script = document.createElement("script");
      if (link.dataset.later === "modulepreload") script.type = "module";
      script.async = false; // one after the other, in the order of the links
      script.src = link.href;
      document.head.append(script);
    }
  };

  const afterFrame = (then) => requestAnimationFrame(() => {
    ask();
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
