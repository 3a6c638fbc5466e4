/* On a phone the panel is a sheet from below with three stops: a peek, half, and full. Drag it, or use the grip's keys. */

import { el, isPhone } from "./dom.js";
import { t } from "./i18n.js";

const STOPS = ["peek", "half", "full"];

/** Makes `panel` a sheet; dragging it below the lowest stop closes it. Gives {grip, open, raise}. */
export function makeSheet(panel, close) {
  const grip = el("button", { class: "grip", type: "button", "aria-label": t("Panel height"), onclick: () => move(stopOf() === "full" ? -1 : 1) });
  let start = null;

  grip.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(step);
  });
  panel.addEventListener("pointerdown", (event) => {
    if (!isPhone() || !event.target.closest(".grip, .panel-head") || event.target.closest(".close")) return;
    start = { y: event.clientY, height: panel.offsetHeight, moved: false };
    panel.setPointerCapture(event.pointerId);
  });
  panel.addEventListener("pointermove", (event) => {
    if (!start) return;
    if (Math.abs(event.clientY - start.y) > 4) start.moved = true;
    if (!start.moved) return;
    panel.classList.add("dragging");
    panel.style.height = `${Math.max(60, start.height + start.y - event.clientY)}px`;
  });
  const end = (event) => {
    if (!start) return;
    const { moved } = start;
    start = null;
    panel.classList.remove("dragging");
    if (!moved) return;
    const share = panel.offsetHeight / window.innerHeight;
    panel.style.height = "";
    if (share < 0.15) return close();
    setStop(share < 0.38 ? "peek" : share < 0.72 ? "half" : "full");
    event.preventDefault();
  };
  panel.addEventListener("pointerup", end);
  panel.addEventListener("pointercancel", end);

  const stopOf = () => panel.dataset.stop ?? "half";
  const setStop = (stop) => {
    panel.dataset.stop = stop;
  };
  const move = (step) => setStop(STOPS[Math.min(2, Math.max(0, STOPS.indexOf(stopOf()) + step))]);
  return { grip, open: () => setStop("half"), raise: () => stopOf() === "peek" && setStop("half") };
}
