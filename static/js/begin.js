/* The drawn map waits for nothing and shares its line with nothing: letters, styles and scripts are fetched once its first
   frame is on screen. The words, which a wide window holds back until then (first-map.css), come with their letters, but
   at the latest a moment after the map. A classic script that stands in the page. */

(() => {
  const PATIENCE = 80; // ms that words wait for their letters
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    const show = () => document.documentElement.classList.remove("first");
    document.fonts.load('1em "Source Sans 3 Qamtu"').then(show, show);
    setTimeout(show, PATIENCE);
    for (const link of document.querySelectorAll("link[data-later]")) link.rel = link.dataset.later;
    for (const link of document.querySelectorAll("link[data-run]")) {
      const script = document.createElement("script");
      if (link.dataset.later === "modulepreload") script.type = "module";
      script.async = false; // one after the other, in the order of the links
      script.src = link.href;
      document.head.append(script);
    }
  };
  requestAnimationFrame(() => setTimeout(begin));
  setTimeout(begin, 400); // a page in the background has no frames
})();
