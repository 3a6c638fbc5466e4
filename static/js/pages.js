/* Pages beside the map work without scripts; this remembers the language links' place in long documents. */

for (const link of document.querySelectorAll(".language-switch a")) {
  link.addEventListener("click", () => {
    if (location.hash) link.href = link.href.split("#")[0] + location.hash;
  });
}
