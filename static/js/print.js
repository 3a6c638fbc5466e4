/* The print sheet: the map beside its legend, fitted to the paper, and below where its figures come from. */

import { byId, el, put } from "./dom.js";
import { date, name, t } from "./i18n.js";

const ROOM = { wide: 800, high: 500 }; // px of an A4 sheet beside the legend, between title and sources (static/css/print.css)

/** Fits the map as it stands on the screen to the sheet, and lists the sources of what it shows. */
export function layOut(store) {
  const { offsetWidth: wide, offsetHeight: high } = byId("maps");
  const { style } = document.documentElement;
  style.setProperty("--map-width", `${wide}px`);
  style.setProperty("--map-height", `${high}px`);
  style.setProperty("--map-zoom", String(wide && high ? Math.min(ROOM.wide / wide, ROOM.high / high) : 1));
  onLightPaper();
  const { data } = store.atlas;
  const link = store.address({}, { share: true });
  const documents = [...sourcesOf(store)].map((id) => data.documents[id]).filter(Boolean).sort((a, b) => (b.date ?? "").localeCompare(a.date ?? ""));
  put(byId("print-foot"),
    el("p", {}, el("a", { href: link, text: link }), ` · ${t("Edition %(edition)s, published %(date)s", { edition: data.edition, date: date(data.published) })}`),
    documents.length > 0 && el("h2", { text: t("Sources") }),
    el("ul", {}, documents.map((entry) => el("li", {}, source(entry)))));
}

/** Dark paper is of the screen only. */
function onLightPaper() {
  const root = document.documentElement;
  const { theme } = root.dataset;
  if (theme !== "dark") return;
  const take = (other) => {
    root.dataset.theme = other;
    root.dispatchEvent(new CustomEvent("themechange"));
  };
  take("light");
  addEventListener("afterprint", () => take(theme), { once: true });
}

/** Ids of the documents that the shown figures are from; with a region open, of all its figures. */
function sourcesOf({ atlas, state }) {
  const { observations, regions } = atlas.data;
  const said = (id) => observations[id]?.d;
  const found = new Set();
  for (const { id } of [...regions, { id: "KZ" }]) {
    for (const { actual, plan, together, others = [] } of state.layers.map((layer) => atlas.cell(state, layer, id))) {
      for (const step of [actual, plan, together, others[0]]) if (step) found.add(said(step.id));
    }
  }
  if (state.place) for (const { r = [], p, d } of Object.values(observations)) if (p === state.place || r.includes(state.place)) found.add(d);
  return found;
}

function source({ title, source_title: restated, publisher, date: day, url }) {
  const words = [restated || title, [publisher, date(day)].filter(Boolean).join(", ")].filter(Boolean).join(" – ");
  return /^https?:\/\//.test(url) ? [words, " ", el("a", { href: url, text: url })] : words;
}
