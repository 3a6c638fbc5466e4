/* The figures as files: those behind the view, of a layer, of a region or all, each with its sentence and source. */

import { el, put } from "./dom.js";
import { name, t } from "./i18n.js";

const KINDS = ["csv", "xlsx", "geojson", "gpkg", "parquet", "fgb"];
const WAIT = 2000; // ms between two questions whether the file is made
const LONGEST = 600000; // ms

/** A choice of what, buttons for the formats, and a line that tells how far a large file is. */
export function downloads(atlas, state, edition) {
  const says = el("p", { class: "hint", role: "status" });
  const what = el("select", { id: "share-figures" },
    scopes(atlas, state).map(([label, query]) => el("option", { value: query, text: label })));
  const address = (kind) => `/api/v1/export.${kind}?${[what.value, edition && `edition=${edition}`].filter(Boolean).join("&")}`;
  const link = (kind) => el("a", { class: "button", href: address(kind), download: `qamtu.${kind}`, text: kind.toUpperCase(), onclick: (event) => {
    event.preventDefault();
    fetchFile(event.target.getAttribute("href"), kind, says);
  } });
  const links = KINDS.map(link);
  what.addEventListener("change", () => links.forEach((each, index) => each.setAttribute("href", address(KINDS[index]))));
  return el("div", { class: "field" },
    el("label", { for: "share-figures", text: t("Figures as a file") }), what,
    el("div", { class: "share-row", role: "group", "aria-label": t("Figures as a file") }, links), says);
}

/** [label, query of the export]: what can be taken, the view first. */
function scopes(atlas, state) {
  const shown = [...new Set([...state.layers, atlas.layer(state.compare) ? state.compare : null].filter(Boolean))];
  const codes = shown.map((layer) => atlas.code(state, layer)).join("~");
  const region = atlas.region[state.place];
  return [
    codes && [t("Figures behind the view"), `indicator=${codes}`],
    ...atlas.layers.map((layer) => [name(layer.label), `layer=${layer.id}`]),
    region && [name(region.name), `place=${region.id}&inside=1`],
    [t("All figures"), ""],
  ].filter(Boolean);
}

/** Asks until the file is made, then has the browser save it. */
async function fetchFile(address, kind, says) {
  const began = Date.now();
  try {
    while (Date.now() - began < LONGEST) {
      put(says, t("Making the file: %(seconds)s s…", { seconds: Math.round((Date.now() - began) / 1000) }));
      const answer = await fetch(address, { method: "HEAD" });
      if (answer.status === 200) {
        put(says);
        const saved = el("a", { href: address, download: `qamtu.${kind}`, hidden: true });
        says.append(saved);
        saved.click();
        return;
      }
      if (answer.status !== 202 && answer.status !== 429) break;
      await new Promise((later) => setTimeout(later, WAIT));
    }
  } catch { /* said below */ }
  put(says, t("The file could not be made now; try again."));
}
