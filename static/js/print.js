/* The print sheet: the map as it stands on the screen fitted to the paper, beside its legend; light. */

import { byId } from "./dom.js";

const ROOM = { wide: 800, high: 500 }; // px of an A4 sheet beside the legend, between title and sources (static/css/print.css)

export function layOut() {
  const { offsetWidth: wide, offsetHeight: high } = byId("maps");
  const root = document.documentElement;
  const zoom = wide && high ? Math.min(ROOM.wide / wide, ROOM.high / high) : 1;
  for (const [name, value] of [["width", `${wide}px`], ["height", `${high}px`], ["zoom", zoom]]) root.style.setProperty(`--map-${name}`, value);
  const { theme } = root.dataset;
  if (theme !== "dark") return;
  const take = (other) => {
    root.dataset.theme = other;
    root.dispatchEvent(new CustomEvent("themechange"));
  };
  take("light");
  addEventListener("afterprint", () => take(theme), { once: true });
}
