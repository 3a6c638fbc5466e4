/* The styleguide: the real parts of the page on a small made-up atlas that holds every kind of cell and figure. */

import { ramp, paletteNames, palette, swatch, texture, hue, usePalettes } from "./colour.js";
import { historyChart } from "./chart.js";
import { Deck } from "./deck.js";
import { byId, el, jsonBlock, put, svg } from "./dom.js";
import { figureRow } from "./figure.js";
import { amount, date, figure, lang, name, number, period, short, t } from "./i18n.js";
import { Legend } from "./legend.js";
import { LAYERS } from "./links.js";
import { Atlas } from "./model.js";
import { failure } from "./notices.js";
import { sampleAtlas, sampleRecords } from "./styleguide-sample.js";
import { symbolsOf } from "./symbols.js";
import { Table } from "./table.js";
import { Timeline } from "./timeline.js";
import { Tooltip } from "./tooltip.js";

const atlas = new Atlas(sampleAtlas(t));
const store = makeStore();

usePalettes(jsonBlock("palettes"));
colours();
textures();
symbols();
words();
figures();
new Deck(byId("deck"), atlas, store);
new Legend(byId("legend"), atlas, store);
new Timeline(byId("timeline"), atlas, store);
new Table(byId("table"), atlas, { ...store, state: { ...store.state, mode: "table" }, subscribe: (run) => run({ ...store.state, mode: "table" }, new Set(["mode"])) });
tips();
failures();
document.documentElement.addEventListener("themechange", () => [colours, textures, symbols, figures].forEach((draw) => draw()));
document.documentElement.dataset.ready = "yes";

/** A store that keeps its view in the page only. */
function makeStore() {
  const styles = Object.fromEntries(LAYERS.map((layer) => [layer, { indicator: atlas.layer(layer).headline.split(".")[1], classes: "equal-5", palette: { gas: "amber", water: "blue", internet: "violet", industry: "graphite" }[layer], opacity: 100, filter: [] }]));
  const listeners = [];
  return {
    state: { layers: ["gas", "water", "internet", "industry"], styles, year: 2025, show: "both", place: null, obs: null, compare: null, mode: "map", sort: null, view: null, edition: null, embed: false, lang },
    subscribe(run) {
      listeners.push(run);
      run(this.state, new Set(Object.keys(this.state)));
    },
    set(patch) {
      this.state = { ...this.state, ...patch };
      listeners.forEach((run) => run(this.state, new Set(Object.keys(patch))));
      if (patch.layers || patch.styles || patch.show || patch.year) symbols();
    },
    style(layer, patch) {
      this.set({ styles: { ...this.state.styles, [layer]: { ...this.state.styles[layer], ...patch } } });
    },
  };
}

function colours() {
  put(byId("sg-hues"), LAYERS.map((layer) => el("li", {}, swatch(hue(layer), { size: 32 }), el("span", { text: name(atlas.layer(layer).label) }))));
  put(byId("sg-ramps"), paletteNames().map((id) => el("li", {}, ramp(id, 7).map((colour) => swatch(colour, { size: 24 })), el("span", { text: name(palette(id).label) }))));
}

function textures() {
  const kinds = [["none", t("no data"), "land"], ["other", t("only another measure"), hue("gas")], ["planned", t("only planned"), ramp("amber", 5)[3]], ["together", t("several regions together"), hue("gas")]];
  put(byId("sg-textures"), kinds.map(([kind, label, colour]) => el("li", {}, swatch(texture(kind, colour), { size: 48 }), el("span", { text: label }))));
}

/** Every combination of the four layers on one region. */
function symbols() {
  const combinations = Array.from({ length: 16 }, (_, bits) => LAYERS.filter((_layer, at) => bits & (1 << at)));
  put(byId("sg-symbols"), combinations.map((layers) => {
    const parts = symbolsOf(atlas, { ...store.state, layers: ["none", ...layers] }, "KZ-61", 1);
    let x = 4;
    const nodes = parts.map((part) => {
      const node = part.node(x + part.width / 2, 30);
      x += part.width + 3;
      return node;
    });
    return el("li", {}, svg("svg", { width: Math.max(48, x), height: 60, class: "sg-symbol", "aria-hidden": "true" }, nodes), el("span", { text: layers.map((layer) => name(atlas.layer(layer).label)).join(" + ") || t("no data") }));
  }));
}

function words() {
  const share = atlas.indicator("gas.population_share");
  const rows = [
    figure({ v: 85.5, q: "exact" }, share), figure({ v: 97, q: "about" }, share), figure({ v: 200, q: "more_than" }, atlas.indicator("gas.settlements")),
    figure({ v: 300, hi: 400, q: "exact" }, atlas.indicator("gas.settlements")), figure({ v: 39.5e9, q: "up_to" }, atlas.indicator("industry.investment")),
    number(2397.5), short(152e9), amount(-4.25, share), date("2025-10-28"), date("2025-10"), date("2025"), period("2025-01-01", "2027-12-31"),
  ];
  put(byId("sg-words"), rows.map((text) => el("li", { text })));
}

function figures() {
  put(byId("sg-figure-rows"), sampleRecords().map((record, at) => el("div", { class: `hue-${record.layer}` }, figureRow(record, atlas, { open: at === 0, also: at === 0 ? sampleRecords().slice(0, 1) : [] }))));
  put(byId("sg-chart"), el("div", { class: "hue-gas" }, historyChart(atlas, "gas.population_share", "KZ-61", 2025)));
}

function tips() {
  const tooltip = new Tooltip(byId("sg-tooltip"));
  tooltip.region(atlas, store.state, "KZ-61", { x: 0, y: 0 });
  tooltip.node.style.transform = "none";
}

function failures() {
  put(byId("sg-failures"), ["offline", "timeout", "server", "refused"].map((kind) => failure({ kind, message: "limit" }, () => {})));
}
