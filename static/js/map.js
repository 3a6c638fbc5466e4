/* One map of the view: the Folium-made shell gives the Leaflet map and a group a layer, this draws into them. */

import { hue } from "./colour.js";
import { el, svg } from "./dom.js";
import { drawFeatures } from "./features.js";
import { makeFocusable, makeShapes, paint } from "./fill.js";
import { makeGround, placeNames } from "./ground.js";
import { LAYERS } from "./links.js";
import { Marks } from "./marks.js";

const PANES = { ground: 220, shapes: 300, waters: 330, selection: 420, features: 440, symbols: 460 };

export class MapView {
  /**
   * `map`: a Leaflet map; `layers`: {group, coverage} a layer, as the shell makes them: the group is switched, the
   * coverage holds lines and points; `levels` drawn besides have draw(state, touches); `shapes`: GeoJSON of the regions (EPSG:4326, `id` = code);
   * `on`: select(place), hover(region, event, view), hoverFeature(feature, event), leave(id), moved(zoom, centre).
   */
  constructor(L, { map, layers, atlas, shapes, on }) {
    Object.assign(this, { L, map, layers, atlas, on });
    for (const [pane, order] of Object.entries(PANES)) {
      if (!map.getPane(pane)) map.createPane(pane).style.zIndex = String(order);
    }
    map.getPane("symbols").style.pointerEvents = "none";
    map.getPane("waters").style.pointerEvents = "none";
    this.names = [];
    this.levels = [];
    const gestures = { ...on, hover: (id, event) => on.hover(id, event, this) };
    this.shapes = makeShapes(L, shapes, "shapes", gestures).addTo(map);
    makeFocusable(this.shapes, gestures);
    this.outline = L.geoJSON(null, { pane: "selection", interactive: false, style: { fill: false, weight: 3, className: "selected-region" } }).addTo(map);
    const sheet = svg("svg", { class: "symbols leaflet-zoom-hide", "aria-hidden": "true", width: 1, height: 1 });
    map.getPane("symbols").append(sheet);
    this.marks = new Marks(map, atlas, this.shapes, sheet);
    map.on("zoomend viewreset", () => this.place());
    map.on("moveend", () => on.moved?.(map));
    this.home = this.shapes.getBounds();
  }

  /** Draws the view; `changed` null draws all of it. */
  draw(state, changed = null) {
    if (!this.state) requestAnimationFrame(() => setTimeout(() => this.map.getContainer().classList.add("settled")));
    this.state = state;
    const touches = (...keys) => !changed || keys.some((key) => changed.has(key));
    if (touches("layers", "styles", "year", "show", "place")) {
      for (const layer of LAYERS) this.toggle(layer, state.layers.includes(layer));
      this.cells = paint(this.shapes, this.atlas, state);
      this.select(state.place);
      this.place();
    }
    for (const level of this.levels) level.draw(state, touches);
    if (touches("view") && changed) this.look(state.view);
  }

  toggle(layer, wanted) {
    const { group } = this.layers[layer];
    if (wanted !== this.map.hasLayer(group)) this.map[wanted ? "addLayer" : "removeLayer"](group);
  }

  /** Symbols and labels in pixels of the current zoom. */
  place() {
    if (!this.state) return;
    this.marks.place(this.state, this.cells, this.pinBoxes(), (taken, fit) => placeNames(this.names, this.map, taken, fit));
  }

  /** Draws lines and pins where anything they depend on has changed; gives the pins' boxes. */
  pinBoxes() {
    const { map, atlas, state } = this;
    const styles = state.layers.map((layer) => [layer, hue(layer), state.styles[layer].opacity]);
    const key = JSON.stringify([map.getZoom(), map.getPixelOrigin(), state.show, styles]);
    if (key !== this.pinKey) this.pins = drawFeatures(this.L, map, this.layers, atlas, state, this.on);
    this.pinKey = key;
    return this.pins;
  }

  /** Moves the map just so far that a region is not under the panel, which covers `covered` pixels at the right. */
  uncover(place, covered) {
    const region = this.atlas.region[this.atlas.regionOf(place)];
    if (!region) return;
    const { x, y } = this.map.latLngToContainerPoint([region.point[1], region.point[0]]);
    const { x: width, y: height } = this.map.getSize();
    const [right, bottom] = covered;
    const dx = Math.max(0, x - (width - right - 80)) || Math.min(0, x - 80);
    const dy = Math.max(0, y - (height - bottom - 60)) || Math.min(0, y - 60);
    if (dx || dy) this.map.panBy([dx, dy], { duration: 0.18 });
  }

  select(place) {
    const id = this.atlas.regionOf(place);
    this.outline.clearLayers();
    const path = this.shapes.byRegion[id];
    if (path) this.outline.addData(path.feature);
  }

  highlight(id) {
    for (const [region, path] of Object.entries(this.shapes.byRegion)) {
      path.getElement()?.classList.toggle("hovered", region === id);
    }
  }

  /** Shows a viewport, or the whole country where there is none. `inset` are pixels the page covers. */
  look(view, inset = this.inset ?? [16, 16, 16, 16]) {
    this.inset = inset;
    const options = { animate: false };
    if (view) return this.map.setView([view.lat, view.lon], view.zoom, options);
    const [top, right, bottom, left] = inset;
    return this.map.fitBounds(this.home, { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom], ...options });
  }

  /** Puts the backdrop (GeoJSON, EPSG:4326) under the regions, lakes and rivers over them. */
  addGround(data) {
    this.names = makeGround(this.L, this.map, data);
    this.place();
  }

  remove() {
    this.map.remove();
  }
}

/** A second map beside the first, for comparing. */
export function secondMap(L, first, holder) {
  const node = el("div", { class: "map-second" });
  holder.append(node);
  const map = L.map(node, { ...first.options, center: first.getCenter(), zoom: first.getZoom(), attributionControl: false });
  const layers = {};
  for (const layer of LAYERS) {
    const coverage = L.layerGroup();
    layers[layer] = { coverage, group: L.featureGroup([coverage]) };
  }
  return { map, layers };
}
