/* The editor's keyboard, deciding without a reload, selecting words, places by name. Without it all pages work by forms. */

import { getJson } from "./api.js";
import { announce, byId, debounce, el, put } from "./dom.js";
import { t } from "./i18n.js";

const list = document.querySelector(".review-list");
const text = byId("text");
const states = { waiting: t("to be checked"), accepted: t("accepted"), rejected: t("rejected") };

for (const button of document.querySelectorAll("[data-confirm]")) {
  button.addEventListener("click", (event) => {
    if (!confirm(button.dataset.confirm)) event.preventDefault();
  });
}

/* deciding ------------------------------------------------------------------------------------------------------- */

const figures = list ? [...list.children] : [];
const chosen = () => figures.find((figure) => figure.classList.contains("chosen")) ?? null;

function choose(figure, { scroll = true, named = true } = {}) {
  if (!figure) return;
  chosen()?.classList.remove("chosen");
  for (const mark of document.querySelectorAll(".figure.chosen")) mark.classList.remove("chosen");
  figure.classList.add("chosen");
  figure.focus({ preventScroll: true });
  if (named) history.replaceState(null, "", `#${figure.id}`); // while a page loads it would be scrolled there
  const mark = markOf(figure.id);
  mark?.classList.add("chosen");
  if (scroll) {
    figure.scrollIntoView({ block: "nearest" });
    mark?.scrollIntoView({ block: "nearest" });
  }
}

function markOf(id) {
  return [...document.querySelectorAll("[data-figure]")].find((mark) => mark.dataset.figure === id) ?? null;
}

function step(by) {
  const at = figures.indexOf(chosen());
  choose(figures[Math.min(figures.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
}

function nextWaiting() {
  const at = figures.indexOf(chosen());
  const rest = [...figures.slice(at + 1), ...figures.slice(0, at + 1)];
  const next = rest.find((figure) => figure.dataset.state === "waiting");
  if (next) choose(next);
  else announce(t("Every figure is decided."));
}

async function decide(figure, action) {
  const form = figure.querySelector("form.decide");
  const body = new FormData(form);
  body.set("action", action);
  let refusal = ""; // in the page's language, where the server gives one; a browser's own words are in any
  figure.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    const value = await answer.json();
    if (!answer.ok) refusal = value.error.message;
    show(figure, value.figure);
  } catch {
    complain(figure, refusal);
  } finally {
    figure.removeAttribute("aria-busy");
  }
}

function show(figure, { state, decided }) {
  figure.querySelector(".failure")?.remove();
  for (const node of [figure, markOf(figure.id)].filter(Boolean)) {
    node.classList.remove("state-waiting", "state-accepted", "state-rejected");
    node.classList.add(`state-${state}`);
  }
  figure.dataset.state = state;
  figure.dataset.decided = decided;
  figure.querySelector(".review-state").textContent = states[state];
  for (const button of figure.querySelectorAll("form.decide button")) {
    const on = button.value === (state === "rejected" ? "reject" : decided ? "accept" : "");
    button.setAttribute("aria-pressed", String(on));
  }
  announce(states[state]);
}

function complain(figure, message) {
  figure.querySelector(".failure")?.remove();
  figure.append(el("p", { class: "failure", role: "alert", text: message || t("It was not saved. Try again.") }));
}

for (const figure of figures) {
  figure.addEventListener("click", (event) => {
    if (!event.target.closest("a, button")) choose(figure, { scroll: false });
  });
  figure.querySelector("form.decide").addEventListener("submit", (event) => {
    event.preventDefault();
    choose(figure, { scroll: false });
    decide(figure, event.submitter.value);
  });
}

for (const mark of document.querySelectorAll("[data-figure]")) {
  mark.addEventListener("click", (event) => {
    event.preventDefault();
    choose(byId(mark.dataset.figure));
  });
}

if (figures.length) {
  const wanted = byId(decodeURIComponent(location.hash.slice(1)));
  choose(figures.includes(wanted) ? wanted : figures[0], { scroll: wanted !== null, named: false });
}

/* the words of a figure that was missed --------------------------------------------------------------------------- */

const addForm = byId("add-form");

/** Where a point of the selection stands in the text, counted in characters; null outside of it. */
function offsetOf(node, offset) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-start]");
  if (!holder || !text.contains(holder)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.textContent.slice(0, offset) : offset ? holder.textContent : "";
  return Number(holder.dataset.start) + [...before].length;
}

function selected() {
  const selection = getSelection();
  if (!text || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const from = offsetOf(range.startContainer, range.startOffset);
  const to = offsetOf(range.endContainer, range.endOffset);
  return from === null || to === null || from >= to ? null : { from, to };
}

/** Keeps where the selected words stand; without a selection, what stood there is kept only while the form is used. */
function keepSelected() {
  const { from, to } = addForm.elements;
  const found = selected();
  if (found) [from.value, to.value] = [found.from, found.to];
  else if (!addForm.contains(document.activeElement)) from.value = to.value = "";
}

function add() {
  keepSelected();
  if (addForm.elements.from.value) addForm.requestSubmit();
  else byId("add-words").focus(); // nothing is selected: its words can be written
}

if (addForm) {
  const { from, to } = addForm.elements;
  document.addEventListener("selectionchange", keepSelected);
  byId("add-words").addEventListener("input", () => ([from.value, to.value] = ["", ""])); // what is written counts
}

/* keys ------------------------------------------------------------------------------------------------------------- */

const keys = {
  j: () => step(1),
  k: () => step(-1),
  u: nextWaiting,
  a: () => decideAndGoOn("accept"),
  r: () => decideAndGoOn("reject"),
  e: () => chosen()?.querySelector("a.button")?.click(),
  n: add,
  p: () => location.assign("/editor/preview"),
  "?": () => document.querySelector(".keys")?.toggleAttribute("open"),
};

function decideAndGoOn(action) {
  const figure = chosen();
  if (!figure) return;
  decide(figure, action);
  step(1);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape") byId("cancel")?.click();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !list || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

/* places by name ----------------------------------------------------------------------------------------------------- */

const place = byId("place");

if (place) {
  const [options, said] = [byId("places"), byId("place-name")];
  let known = [];
  const ask = debounce(async () => {
    const query = place.value.trim();
    const found = known.find(({ id }) => id === query);
    if (found) return put(said, [found.name, found.region].filter(Boolean).join(", "));
    put(said);
    if (query.length < 2) return undefined;
    const lang = document.documentElement.lang;
    known = (await getJson(`/editor/api/places?q=${encodeURIComponent(query)}&lang=${lang}`)).places;
    return put(options, known.map(({ id, name, kind, region }) =>
      el("option", { value: id, label: [name, region || kind].filter(Boolean).join(", ") })));
  }, 150);
  place.addEventListener("input", ask);
}

/* a job that goes on by itself ---------------------------------------------------------------------------------------- */

const job = byId("job");

if (job?.dataset.over === "0") {
  const look = async () => {
    const { state } = await getJson(`/editor/api/jobs/${job.dataset.job}`, { keep: false });
    if (state === "done" || state === "failed") location.reload();
    else setTimeout(look, 400);
  };
  setTimeout(look, 400);
}
