/* The story card of the first screen: made by the server; here it folds, opens regions, and steps aside for a view of its own. */

import { byId, isPhone } from "./dom.js";

const FOLDED = "(max-width: 73.75em)"; // window up to which story.css shows the short form first

/** Takes over the card of the page; does nothing where there is none. */
export function tellStory(atlas, store) {
  const card = byId("story");
  if (!card) return;
  const fold = byId("story-fold");
  const set = (open) => {
    const before = card.offsetHeight;
    card.classList.toggle("open", open);
    card.classList.toggle("shut", !open);
    fold.setAttribute("aria-expanded", String(open));
    // on a narrow window the open card lies over the map instead of pushing it down
    card.style.marginBottom = open && matchMedia(FOLDED).matches ? `${before - card.offsetHeight}px` : "";
  };
  fold.hidden = false;
  fold.setAttribute("aria-expanded", String(!matchMedia(FOLDED).matches));
  fold.addEventListener("click", () => set(fold.getAttribute("aria-expanded") !== "true"));
  card.addEventListener("click", (event) => {
    const link = event.target.closest("[data-layer]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const { layer, place = null } = link.dataset;
    const patch = { layers: [layer, ...store.state.layers.filter((other) => other !== layer)], place, obs: null };
    if (isPhone()) set(false);
    store.set(patch, { push: Boolean(place) });
  });
  store.subscribe(({ place, mode, compare, embed, year, layers }) => {
    for (const row of card.querySelectorAll("[data-told]")) row.classList.toggle("told", row.dataset.told === layers[0]);
    card.hidden = Boolean(place || compare || embed) || mode === "table" || year !== atlas.data.year;
  });
}
