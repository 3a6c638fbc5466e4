/* The story card of the first screen: made by the server; here it folds, opens regions, and steps aside for a view of its own. */

import { byId, isPhone } from "./dom.js";

const FOLDED_BELOW = 1180; // px, window width

/** Takes over the card of the page; does nothing where there is none. */
export function tellStory(atlas, store) {
  const card = byId("story");
  if (!card) return;
  const fold = byId("story-fold");
  const set = (folded) => {
    card.classList.toggle("folded", folded);
    fold.setAttribute("aria-expanded", String(!folded));
  };
  fold.hidden = false;
  set(innerWidth < FOLDED_BELOW);
  fold.addEventListener("click", () => set(!card.classList.contains("folded")));
  card.addEventListener("click", (event) => {
    const link = event.target.closest("[data-layer]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const { layer, place = null } = link.dataset;
    const patch = { layers: [layer, ...store.state.layers.filter((other) => other !== layer)], place, obs: null };
    if (isPhone()) set(true);
    store.set(patch, { push: Boolean(place) });
  });
  store.subscribe(({ place, mode, compare, embed, year }) => {
    card.hidden = Boolean(place || compare || embed) || mode === "table" || year !== atlas.data.year;
  });
}
