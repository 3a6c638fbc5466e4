/* Pages beside the map work without scripts; this copies their links and keeps one's place when the language changes. */

import { copy } from "./copying.js";
import { byId } from "./dom.js";

for (const button of document.querySelectorAll("button[data-copy]")) {
  const input = byId(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", () => copy(input, button));
  input.addEventListener("focus", () => input.select());
}

for (const link of document.querySelectorAll(".language-switch a")) {
  link.addEventListener("click", () => {
    if (location.hash) link.href = link.href.split("#")[0] + location.hash;
  });
}
