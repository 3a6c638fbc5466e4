/* The map before it is live: the server's drawing. What is switched meanwhile is painted into it; its lines and points come
   again with the live map. */

import { useTextures } from "./colour.js";
import { svg } from "./dom.js";
import { paint, spoken } from "./fill.js";
import { title } from "./headline.js";
import { Marks } from "./marks.js";

const DRAWN = ["layers", "styles", "year", "show", "place"]; // what a drawing depends on
const TILE = 256; // px, width of the world at zoom 0

export class StillMap {
  /** `holder` is the element that holds the drawing; on a map saved to disk there is none. */
  constructor(holder, atlas, store) {
    const drawing = holder?.querySelector(".first-map");
    if (!drawing) return;
    Object.assign(this, { holder, drawing, atlas, store });
    this.chosen = (event) => this.choose(event);
    holder.addEventListener("click", this.chosen);
    this.resized = () => this.marks && this.draw(store.state);
    addEventListener("resize", this.resized);
    let stands = true;
    store.subscribe((state, changed) => {
      if (!stands && !this.stopped && DRAWN.some((key) => changed.has(key))) this.draw(state);
      stands = false;
    });
  }

  /** The live map takes over: nothing is drawn any more. */
  stop() {
    this.stopped = true;
    this.holder?.removeEventListener("click", this.chosen);
    removeEventListener("resize", this.resized);
    if (this.marks) useTextures(1);
  }

  draw(state) {
    const { drawing, atlas } = this;
    this.marks ??= this.takeOver();
    useTextures(1 / drawing.querySelector(".regions").getScreenCTM().a);
    const cells = paint(this.shapes, atlas, state);
    for (const [id, { link }] of Object.entries(this.shapes.byRegion)) link.querySelector("title").textContent = spoken(atlas, state, id);
    drawing.setAttribute("aria-label", title(atlas, state));
    this.marks.place(state, cells, []);
  }

  /** Leaves of the drawing its regions; gives what draws the marks over them. */
  takeOver() {
    const { holder, drawing, atlas } = this;
    const regions = drawing.querySelector(".regions");
    regions.parentNode.replaceChildren(regions);
    this.shapes = { byRegion: Object.fromEntries([...regions.querySelectorAll("a")].map((link) => [placeOf(link), shapeOf(link)])) };
    const sheet = svg("svg", { class: "symbols", "aria-hidden": "true", width: 1, height: 1 });
    holder.append(sheet);
    return new Marks(asMap(holder, drawing), atlas, this.shapes, sheet);
  }

  /** A region of the drawing leads to its page; here it opens beside the map. */
  choose(event) {
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.store.set({ place: placeOf(link), obs: null }, { push: !this.store.state.place });
  }
}

/** The region that a link of the drawing leads to. */
export function placeOf(link) {
  return new URL(link.href.baseVal, location.href).searchParams.get("place");
}

/** A drawn region that is painted like one of the live map. */
function shapeOf(link) {
  const path = link.querySelector("path");
  const shape = { link, options: {}, getElement: () => null };
  shape.setStyle = (style) => {
    Object.assign(shape.options, style);
    path.style.fill = style.fillColor;
    path.style.fillOpacity = style.fillOpacity;
  };
  return shape;
}

/** Where the drawing shows what, in pixels of the box it lies in, told as a Leaflet map tells it. */
function asMap(holder, drawing) {
  const { zoom, dx, dy } = Object.fromEntries(["zoom", "dx", "dy"].map((name) => [name, Number(drawing.dataset[name])]));
  const world = TILE * 2 ** zoom;
  return {
    getContainer: () => holder,
    getZoom: () => zoom + Math.log2(drawing.getScreenCTM().a),
    getSize: () => ({ x: holder.clientWidth, y: holder.clientHeight }),
    containerPointToLayerPoint: ([x, y]) => ({ x, y }),
    latLngToLayerPoint([lat, lon]) {
      const { a, e, f } = drawing.getScreenCTM();
      const { left, top } = holder.getBoundingClientRect();
      const [x, y] = [(lon / 360 + 0.5) * world + dx, (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * world + dy];
      return { x: x * a + e - left, y: y * a + f - top };
    },
  };
}
