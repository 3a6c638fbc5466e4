/* What hovering or focusing says: a region's or feature's name and figures. Texts only. */

import { el, put } from "./dom.js";
import { kindWord, statusWord } from "./features.js";
import { figure, n, name, t } from "./i18n.js";
import { said } from "./fill.js";

const MOST = 6; // features of one pin that are named

export class Tooltip {
  constructor(holder) {
    this.holder = holder;
    this.node = el("div", { class: "tooltip", role: "tooltip", hidden: true });
    holder.append(this.node);
  }

  region(atlas, state, id, at) {
    const rows = state.layers.map((layer) => [layer, name(atlas.indicator(atlas.code(state, layer)).label), said(atlas, state, layer, id), detail(atlas, state, layer, id)]);
    put(
      this.node,
      el("strong", { class: "tooltip-title", text: name(atlas.region[id].name) }),
      rows.map(([layer, label, text, more]) =>
        el("div", { class: `tooltip-row hue-${layer}` },
          el("span", { class: "hue-dot", "aria-hidden": "true" }),
          el("span", { class: "tooltip-label", text: label }),
          el("span", { class: "tooltip-value", text }),
          more && el("span", { class: "tooltip-more", text: more }))),
    );
    this.show(at);
  }

  /** One feature, or the several that one pin stands for. */
  features(features, at) {
    const shown = features.slice(0, MOST);
    put(
      this.node,
      shown.map((feature) => [
        el("strong", { class: "tooltip-title", text: name(feature.name) }),
        el("div", { class: `tooltip-row hue-${feature.layer}` }, el("span", { class: "hue-dot", "aria-hidden": "true" }), el("span", { text: factsOf(feature).join(" · ") })),
      ]),
      features.length > MOST && el("p", { class: "hint", text: n("and %(num)s more", "and %(num)s more", features.length - MOST) }),
      features.length > 1 && el("p", { class: "hint", text: t("Click to look closer") }),
    );
    this.show(at);
  }

  /** `at` is a pointer event or {x, y} in the window. */
  show(at) {
    this.node.hidden = false;
    const frame = this.holder.getBoundingClientRect();
    const box = this.node.getBoundingClientRect();
    const x = (at.clientX ?? at.x) - frame.left;
    const y = (at.clientY ?? at.y) - frame.top;
    const left = x + 16 + box.width > frame.width ? x - box.width - 12 : x + 16;
    const top = Math.min(Math.max(8, y + 16), frame.height - box.height - 8);
    this.node.style.transform = `translate(${Math.round(Math.max(8, left))}px, ${Math.round(top)}px)`;
  }

  hide() {
    this.node.hidden = true;
  }
}

function factsOf(feature) {
  const facts = [kindWord(feature.kind), statusWord(feature.status)];
  if (feature.schematic) facts.push(t("drawn as a schematic line"));
  else if (feature.approximate) facts.push(t("place is approximate"));
  return facts.filter(Boolean);
}

function detail(atlas, state, layer, id) {
  const cell = atlas.cell(state, layer, id);
  if (cell.actual?.conflicts) return t("sources differ");
  if (cell.actual?.old) return t("old figure");
  if (cell.kind === "other") {
    const [other] = cell.others;
    const indicator = atlas.indicator(other.code);
    return t("%(label)s: %(value)s", { label: name(indicator.label), value: figure(other.figure, indicator) });
  }
  return "";
}
