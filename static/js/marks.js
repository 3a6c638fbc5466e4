/* What stands on the regions: symbols, names and figures, placed so that none covers another, on the live map and before. */

import { isPhone, PANEL, rootSize, svg } from "./dom.js";
import { placeLabels, roomFor } from "./labels.js";
import { symbolsOf } from "./symbols.js";

const CITY_DOT = 5.5; // px

export class Marks {
  /**
   * `map` has getContainer, getZoom, getSize, latLngToLayerPoint and containerPointToLayerPoint as Leaflet's maps have;
   * `shapes.byRegion` the regions with their fill as `options.fillColor`; `sheet`: the SVG element that is drawn into.
   */
  constructor(map, atlas, shapes, sheet) {
    Object.assign(this, { map, atlas, shapes, sheet });
  }

  /**
   * Draws them anew. `cells` are those of the first layer, by region; `taken` are boxes in pixels where nothing may stand;
   * `more(taken, fit)` gives what is placed last, where there is room yet.
   */
  place(state, cells, taken, more = () => []) {
    this.state = state;
    const { map, atlas } = this;
    const style = getComputedStyle(map.getContainer());
    const root = rootSize() / 16; // large screens, large text
    const size = (isPhone() ? 12 : 13) * root;
    const scale = root * Math.min(1.25, Math.max(isPhone() ? 0.62 : 0.8, (map.getZoom() - 1.4) / 4));
    taken = [...taken];
    const drawn = [];
    const small = [...atlas.regions].sort((a, b) => a.area_km2 - b.area_km2); // these have the least room to give way
    const items = small.map((region) => {
      const at = map.latLngToLayerPoint([region.point[1], region.point[0]]);
      const row = this.row(region.id, at, scale, drawn, taken);
      const { x, y } = row ?? at;
      const city = region.kind === "city";
      if (city && this.extent(region) < 26 && (!row || row.aside)) {
        drawn.push(this.cityDot(region.id, at.x, at.y));
        taken.push([at.x - CITY_DOT, at.y - CITY_DOT, at.x + CITY_DOT, at.y + CITY_DOT]);
      }
      const priority = region.area_km2 * (city ? 40 : 1);
      return { id: region.id, area: priority, x, y, row, city, cell: cells[region.id], selected: state.place === region.id };
    });
    const frame = this.frame();
    const fit = { family: style.fontFamily, size, frame };
    const labels = [...placeLabels(items, atlas, taken, fit), ...more(taken, fit)];
    map.getContainer().classList.toggle("far", map.getZoom() < 5.2);
    this.sheet.style.fontSize = `${size}px`;
    this.sheet.replaceChildren(...drawn, ...labels);
  }

  /** The window in the pixels that labels are placed in: [left, top, right, bottom]; the panel covers what is right of it. */
  frame() {
    const { x, y } = this.map.containerPointToLayerPoint([0, 0]);
    const size = this.map.getSize();
    const covered = this.state.place && !this.state.compare && !isPhone() ? Math.min(PANEL * rootSize(), size.x / 2) : 0;
    return [x + 4, y + 4, x + size.x - covered - 4, y + size.y - 4];
  }

  /** Draws a region's symbols where they cover no others, with a line to their place where they had to give way. */
  row(id, at, scale, drawn, taken) {
    const parts = symbolsOf(this.atlas, this.state, id, scale);
    if (!parts.length) return null;
    const width = parts.reduce((sum, part) => sum + part.width, 0) + 3 * (parts.length - 1);
    const height = Math.max(...parts.map((part) => part.height));
    const { x, y, box } = roomFor(at.x, at.y, width, height, taken);
    const away = Math.hypot(x - at.x, y - at.y);
    const aside = away > height / 2;
    const part = aside ? 1 - height / 2 / away : 0; // as far as their edge
    const d = `M${at.x} ${at.y}l${(x - at.x) * part} ${(y - at.y) * part}`;
    if (aside) for (const kind of ["leader", "leader halo"]) drawn.unshift(svg("path", { d, class: kind }));
    let left = x - width / 2;
    for (const part of parts) {
      drawn.push(part.node(left + part.width / 2, y));
      left += part.width + 3;
    }
    taken.push(box);
    return { x, y, width, height, aside };
  }

  cityDot(id, x, y) {
    const { fillColor = "var(--land)" } = this.shapes.byRegion[id]?.options ?? {}; // a drawing leaves out what is not in its window
    return svg("circle", { cx: x, cy: y, r: CITY_DOT, fill: fillColor, class: "city-dot" });
  }

  extent({ bbox: [west, south, east, north] }) {
    const [a, b] = [this.map.latLngToLayerPoint([north, west]), this.map.latLngToLayerPoint([south, east])];
    return Math.max(b.x - a.x, b.y - a.y);
  }
}
