/* Fetches and runs the page's scripts once its first frame is on screen: the drawn map waits for nothing and shares its
   line with nothing. A classic script that stands in the page. */

(() => {
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
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
