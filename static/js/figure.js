/* One figure with its evidence: the value, then, one click away, the sentence it was read in and where that stands. */

import { el } from "./dom.js";
import { statusWord } from "./features.js";
import { date, figure as written, lang, n, name, period, t } from "./i18n.js";

/** A figure that opens its sentences: `record` is an observation of the interface, `also` those that say the same
 * elsewhere; `open` shows the sentences at once. */
export function figureRow(record, atlas, { open = false, label = true, also = [], onOpen } = {}) {
  const indicator = atlas.indicator(record.indicator);
  const value = written(asFigure(record), indicator);
  const body = el("div", { class: "figure-body" });
  const row = el("details", { class: `figure status-${record.status}`, id: `obs-${record.id}`, open },
    el("summary", {},
      el("span", { class: "figure-value", text: value }),
      el("span", { class: "figure-words" },
        label && el("span", { class: "figure-label", text: name(indicator.label) }),
        el("span", { class: "figure-meta" }, chip(record.status), record.promise && promiseChip(record.promise), whenOf(record), also.length > 0 && sourceCount(also.length + 1)))),
    body);
  row.dataset.obs = [record, ...also].map(({ id }) => id).join(" ");
  const show = () => {
    if (body.childElementCount) return;
    body.append(...[record, ...also].map((one) => el("div", { class: "figure-said", "data-of": one.id }, evidence(one === record ? one : { ...one, words: "" }, atlas))));
  };
  if (open) show();
  row.addEventListener("toggle", () => {
    if (row.open) show();
    onOpen?.(row.open ? record.id : null, row);
  });
  return row;
}

/** Records that say the same of the same place and time, newest first, each list with the one to be shown in front. */
export function alike(records) {
  const said = new Map();
  for (const record of records) {
    const { indicator, value, high, qualifier, status, currency, period: time, regions, place, promise } = record;
    const key = JSON.stringify([indicator, value, high, qualifier, status, currency, time, regions, place?.id, promise?.state]);
    said.set(key, [...(said.get(key) ?? []), record]);
  }
  return [...said.values()];
}

function sourceCount(count) {
  return el("span", { class: "figure-sources", text: n("%(num)s source", "%(num)s sources", count) });
}

/** The sentence with its number marked, and the source: title, publisher, date, link. */
export function evidence(record, atlas) {
  const source = record.source ?? atlas.documents[record.document] ?? {};
  const said = record.evidence;
  const parts = [];
  if (record.words) parts.push(el("p", { class: "figure-plain", text: record.words }));
  if (said?.parts) {
    const [before, value, after] = said.parts;
    parts.push(el("blockquote", { class: "quote", lang: source.language || null }, before, el("mark", { text: value }), after));
  } else parts.push(el("p", { class: "hint", text: t("The sentence is not stored in this copy of the map.") }));
  parts.push(el("p", { class: "source" }, sourceLine(record, source)));
  const notes = (record.inferred ?? []).map(inferredNote);
  if (source.inferred) notes.push(t("The document's date is inferred."));
  if (notes.length) parts.push(el("ul", { class: "notes" }, notes.map((text) => el("li", { text }))));
  if (said?.href) parts.push(el("p", { class: "figure-links" }, el("a", { href: said.href, text: t("Read it in its document") }), " · ", reportLink(record)));
  return parts;
}

function reportLink({ id }) {
  const edition = new URLSearchParams(location.search).get("edition");
  const query = new URLSearchParams({ obs: id, ...(edition ? { edition } : {}), lang: document.documentElement.lang });
  return el("a", { href: `/report?${query}`, text: t("Report an error") });
}

/** The shape that i18n.figure writes, from an observation of the interface. */
export function asFigure({ value, low, high, qualifier, currency, status, period: time }) {
  return { v: value, lo: low, hi: high, q: qualifier, cur: currency, s: status, from: time?.start, to: time?.end };
}

export function chip(status) {
  return el("span", { class: `status ${status}`, text: statusWord(status) });
}

/** What became of a plan: kept, partly, missed, overdue or open. */
function promiseChip({ state, late }) {
  const words = { kept: late ? t("kept, late") : t("kept"), partly: t("partly kept"), missed: t("missed"), overdue: t("overdue, no report"), open: t("still open") };
  return el("span", { class: `status ${state}`, text: words[state] ?? state });
}

export function whenOf({ period: time }) {
  if (!time) return el("span", { class: "when", text: t("no date given") });
  return el("span", { class: "when", text: period(time.start, time.end) });
}

function sourceLine(record, source) {
  const restated = source.restates ?? (source.kind === "bulletin" ? { title: source.source_title, url: source.url } : null);
  const title = restated?.title || source.title || record.document;
  const url = restated?.url || source.url || "";
  const safe = /^https?:\/\//.test(url);
  const link = safe ? el("a", { href: url, rel: "noopener nofollow external", text: title }) : el("cite", { text: title });
  const facts = [source.publisher, date(source.date)].filter(Boolean).join(", ");
  return [restated ? `${t("Restated from")}: ` : `${t("Source")}: `, link, facts ? ` — ${facts}` : ""];
}

/** «The region is inferred: the country is meant»; a reason that has no word in the reader's language is left out. */
function inferredNote(entry) {
  const [field, reason = ""] = String(entry).split(/:\s*(.*)/s);
  const words = { period: t("The time is inferred"), place: t("The place is inferred"), regions: t("The region is inferred"), status: t("The status is inferred"), indicator: t("The measure is inferred"), layer: t("The layer is inferred") };
  const why = reasonWords(reason);
  return `${words[field.trim()] ?? t("Inferred")}${why ? `: ${why}` : "."}`;
}

function reasonWords(reason) {
  const words = {
    "the document's date": t("the document's date"),
    "the document's own region": t("the document's own region"),
    "what the text speaks of around it": t("what the text speaks of around it"),
    "place of the sentence before": t("place of the sentence before"),
    "year of the sentence before": t("year of the sentence before"),
    "the oblast the text speaks of": t("the oblast the text speaks of"),
    "the city the text speaks of": t("the city the text speaks of"),
    "the text speaks of the country": t("the text speaks of the country"),
    "the country is meant": t("the country is meant"),
    "the zone last spoken of": t("the zone last spoken of"),
    "the district last spoken of": t("the district last spoken of"),
    "the place last spoken of": t("the place last spoken of"),
    "one zone is spoken of": t("one zone is spoken of"),
    "the line between the two places": t("the line between the two places"),
    "named by its kind word": t("named by its kind word"),
    "named in quotes beside its kind word": t("named in quotes beside its kind word"),
    "named in quotes where zones are spoken of": t("named in quotes where zones are spoken of"),
    "shared name": t("shared name"),
  };
  return words[reason] ?? words[reason.split(",")[0]] ?? (lang === "en" ? reason : "");
}
