/* What lies around and between the regions: neighbours, sea, lakes and rivers, with their names where there is room. */

import { svg } from "./dom.js";
import { lang } from "./i18n.js";
import { collides } from "./labels.js";

const PANE = { land: "ground", border: "ground", sea: "ground", lake: "waters", river: "waters" };
const canvas = document.createElement("canvas").getContext("2d");

/** Draws the backdrop on a map; gives its names as {text, kind, lat, lon}. */
export function makeGround(L, map, data) {
  for (const kind of Object.keys(PANE)) {
    const shapes = data.features.filter(({ properties }) => properties.kind === kind);
    L.geoJSON(shapes, { pane: PANE[kind], interactive: false, style: { className: `ground-${kind}`, fill: kind !== "border" && kind !== "river", weight: 1 } }).addTo(map);
  }
  map.getContainer().classList.add("has-ground");
  return data.features
    .map(({ properties }) => properties)
    .filter((place) => place.name_kk && place.lon !== null && place.lon !== undefined)
    .map((place) => ({ text: place[`name_${lang}`] || place.name_kk, kind: place.kind, lat: place.lat, lon: place.lon }));
}

/** Names that find room beside what is in `taken`; lakes and rivers only when the map is close enough to read them. */
export function placeNames(names, map, taken, { family, size, frame: [left, top, right, bottom] }) {
  const zoom = map.getZoom();
  const nodes = [];
  for (const { text, kind, lat, lon } of names) {
    if ((kind === "lake" && zoom < 5) || (kind === "river" && zoom < 5.8)) continue;
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    const country = kind === "country";
    canvas.font = `${size - 1}px ${family}`;
    const width = canvas.measureText(text).width * (country ? 1.5 : 1.05) + 8;
    const box = [x - width / 2, y - size / 2, x + width / 2, y + size / 2];
    if (box[0] < left || box[2] > right || box[1] < top || box[3] > bottom || collides(box, taken)) continue;
    taken.push(box);
    nodes.push(svg("text", { x, y: y + size * 0.35, "text-anchor": "middle", class: country ? "ground-name" : "water-name", text }));
  }
  return nodes;
}
