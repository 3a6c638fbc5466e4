/* Below the printed map: its link, and where its figures come from. Of the view that a page came with, the server wrote a shorter
   list (webapp/templates/_stage.html), which holds until somebody touches the page. */

import { byId, el, put } from "./dom.js";
import { date, t } from "./i18n.js";

export function listSources(store) {
  const { data } = store.atlas;
  const link = store.address({}, { share: true });
  const documents = [...sourcesOf(store)].map((id) => data.documents[id]).filter(Boolean).sort((a, b) => (b.date ?? "").localeCompare(a.date ?? ""));
  put(byId("print-foot"),
    el("p", {}, el("a", { href: link, text: link }), ` · ${t("Edition %(edition)s, published %(date)s", { edition: data.edition, date: date(data.published) })}`),
    documents.length > 0 && el("h2", { text: t("Sources") }),
    el("ul", {}, documents.map((entry) => el("li", {}, source(entry)))));
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
