"""A picture of a view for chats, papers and slides: title in words, map, legend, sources, edition and date.

``picture_scene`` says everything in the language of the view. A comparison gets two maps, the table mode a table. What
a picture depends on is exactly ``picture_key``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from geo.model import COUNTRY, LAYERS
from webapp.backdrop import Backdrop
from webapp.drawing import map_part
from webapp.drawing_colours import class_colours, hue
from webapp.drawing_symbols import is_ring
from webapp.figures import figure_of
from webapp.i18n import day, number
from webapp.outlines import Outlines
from webapp.picture_text import brief_number, name_of, words
from webapp.scene import Arc, Circle, Line, MapPart, Mark, Rect, Scene, Text, Texture, text_width, wrap
from webapp.view_figures import breaks_of, cell_of, figures_of, indicator_of, peak_of
from webapp.view_state import LayerStyle, ViewState
from webapp.view_words import view_sentence, view_table, view_title
from webapp.words import figure_in_words

WIDTH, HEIGHT = 1200, 630  # px, what chats show
READER_HEIGHT = 800  # px, the map's height in the window that a link's zoom is usually chosen in
MARGIN, COLUMN = 28, 262
TOP, BOTTOM = 116, 40  # px, the title's and the footer's strips
MOST_SOURCES = 3
TABLE_ROWS = 21


def picture_scene(atlas: Mapping, outlines: Outlines, state: ViewState, backdrop: Backdrop | None = None) -> Scene:
    """The view as a picture of 1200 × 630 px."""
    state = picture_key(state)
    title, sentence = view_title(state, atlas, state.lang), picture_sentence(state, atlas)
    frame = [*title_marks(title, sentence), *footer_marks(atlas, state)]
    maps: tuple[MapPart, ...] = ()
    window = (MARGIN + COLUMN, TOP, WIDTH - 2 * MARGIN - COLUMN, HEIGHT - TOP - BOTTOM)
    if state.mode == "table":
        frame += table_marks(atlas, state)
    else:
        frame += legend_marks(atlas, state)
        maps = tuple(
            map_part(atlas, outlines, part, box, reader_height=READER_HEIGHT, backdrop=backdrop, padding=10)
            for part, box in split_window(state, window)
        )
        if len(maps) > 1:
            frame += caption_marks(atlas, state, maps)
    return Scene(WIDTH, HEIGHT, state.lang, title, sentence, maps, tuple(frame))


def picture_sentence(state: ViewState, atlas: Mapping) -> str:
    """The figure whose sentence the link has open, in plain words; without one, what the map shows."""
    if state.obs in atlas["observations"]:
        return figure_in_words(figure_of(atlas, state.obs, state.lang), state.lang)
    return view_sentence(state, atlas, state.lang)


def picture_key(state: ViewState) -> ViewState:
    """The state with everything reset that a picture does not show: two views with one key have one picture."""
    shown = {*state.layers, *([] if state.mode == "table" else [state.compare])}
    if state.mode == "table":
        state = replace(state, styles=tuple(replace(style, filter=()) for style in state.styles))
    styles = tuple(
        style if layer in shown else LayerStyle("", "", "") for layer, style in zip(LAYERS, state.styles, strict=True)
    )
    map_only = {"view": None, "compare": None} if state.mode == "table" else {"sort": None}
    place = None if state.place == COUNTRY else state.place
    return replace(state, styles=styles, place=place, embed=False, swipe=None, districts=False, **map_only)


def split_window(state: ViewState, window: tuple[float, float, float, float]) -> list[tuple[ViewState, tuple]]:
    """The maps of a view with their windows: one, or two side by side for a comparison."""
    if state.compare is None:
        return [(state, window)]
    x, y, width, height = window
    half = (width - 12) / 2
    if state.compare.startswith("year:"):
        other = replace(state, year=int(state.compare[5:]))
    else:
        other = replace(state, layers=(state.compare,))
    return [(state, (x, y, half, height)), (other, (x + half + 12, y, half, height))]


def caption_marks(atlas: Mapping, state: ViewState, maps: tuple[MapPart, ...]) -> Iterable[Mark]:
    """What each of two maps shows, over its upper left corner."""
    captions = [str(state.year), state.compare.removeprefix("year:")]
    if not state.compare.startswith("year:"):
        captions = [
            layer_name(atlas, state.layers[0], state.lang) if state.layers else "",
            layer_name(atlas, state.compare, state.lang),
        ]
    for part, text in zip(maps, captions, strict=True):
        yield Text(part.window[0] + 10, part.window[1] + 24, text, 18, bold=True, halo=True)


def title_marks(title: str, sentence: str) -> Iterable[Mark]:
    lines = wrap(title, WIDTH - 2 * MARGIN, 30, bold=True)
    for index, line in enumerate(lines):
        yield Text(MARGIN, 44 + 34 * index, line, 30, bold=True)
    rows = 3 - len(lines)
    for index, line in enumerate(wrap(sentence, WIDTH - 2 * MARGIN, 17, lines=rows)):
        yield Text(MARGIN, 44 + 34 * len(lines) - 4 + 22 * index, line, 17, "--ink-2")


def footer_marks(atlas: Mapping, state: ViewState) -> Iterable[Mark]:
    """Sources and borders at the left, edition and date at the right."""
    lang, baseline = state.lang, HEIGHT - 15
    yield Line(((MARGIN, HEIGHT - BOTTOM + 4), (WIDTH - MARGIN, HEIGHT - BOTTOM + 4)), "--line")
    key = "edition" if state.edition is None else "frozen"
    edition = words(key, lang, n=atlas["edition"], x=day(atlas["published"][:10], lang))
    right = f"Qamtu · {edition}"
    yield Text(WIDTH - MARGIN, baseline, right, 13.5, "--ink-2", bold=True, anchor="end")
    sources = publishers(atlas, state)
    parts = []
    if sources:
        named = ", ".join(sources[:MOST_SOURCES])
        more = words("and_more", lang, n=len(sources) - MOST_SOURCES) if len(sources) > MOST_SOURCES else ""
        parts.append(words("sources", lang, x=f"{named} {more}".strip()))
    parts.append(words("borders", lang))
    room = WIDTH - 2 * MARGIN - text_width(right, 13.5, True) - 24
    while len(parts) > 1 and text_width(" · ".join(parts), 13.5) > room:
        parts[0] = wrap(parts[0], room - text_width(f" · {parts[-1]}", 13.5) - 4, 13.5, lines=1)[0]
    yield Text(MARGIN, baseline, " · ".join(parts), 13.5, "--ink-2")


def publishers(atlas: Mapping, state: ViewState) -> list[str]:
    """Who published the figures shown, those of most figures first."""
    counts: dict[str, int] = {}
    for obs in figures_of(atlas, state):
        document = atlas["documents"].get(atlas["observations"][obs]["d"], {})
        name = document.get("publisher") or document.get("title") or ""
        if name:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))


# Legend ---------------------------------------------------------------------------------------------------------------


def legend_marks(atlas: Mapping, state: ViewState) -> list[Mark]:
    """The legend's column: the fill with its classes and textures, then a row for each layer drawn upon it."""
    marks: list[Mark] = []
    y = TOP + 4.0
    layers = list(state.layers)
    if state.compare and not state.compare.startswith("year:") and state.compare not in layers:
        layers.append(state.compare)
    if not layers:
        marks.append(Text(MARGIN, y + 14, words("no_layers", state.lang), 15, "--ink-2"))
    for index, layer in enumerate(layers):
        filled = index == 0 or layer == state.compare
        marks.append(Text(MARGIN, y + 14, layer_name(atlas, layer, state.lang), 16, hue(layer), bold=True))
        y += 21
        label = name_of(indicator_of(atlas, state.indicator(layer))["label"], state.lang)
        for line in wrap(label, COLUMN - 24, 13.5, lines=2):
            marks.append(Text(MARGIN, y + 12, line, 13.5, "--ink-2"))
            y += 17
        y += 4
        rows = list(fill_rows(atlas, state, layer)) if filled else list(symbol_rows(atlas, state, layer))
        for row, height in rows:
            if y + height > HEIGHT - BOTTOM - 4:
                break
            marks += row(y)
            y += height
        y += 12
    return marks


def fill_rows(atlas: Mapping, state: ViewState, layer: str) -> Iterable[tuple]:
    """One row a class and one for each texture in use: (draw(y), height)."""
    colours, breaks, style = class_colours(atlas, state, layer), breaks_of(atlas, state, layer), state.style(layer)
    percent = indicator_of(atlas, state.indicator(layer))["unit"] == "percent"
    step = 20 if len(breaks) <= 5 else 18
    for level, upper in enumerate(breaks):
        lower = breaks[level - 1] if level else None
        text = (
            f"≤ {limit(upper, state.lang)}"
            if lower is None
            else f"{limit(lower, state.lang)} – {limit(upper, state.lang)}"
        )
        text += " %" if percent else ""
        kept = not style.filter or level + 1 in style.filter
        yield swatch_row(colours[level] if kept else "--land", text, style.opacity / 100 if kept else 1.0), step
    cells = [cell_of(atlas, state, layer, region["id"]) for region in atlas["regions"]]
    for kind in ("planned", "together", "other", "none"):
        if any(cell.kind == kind for cell in cells):
            colour = (
                colours[len(colours) // 2] if kind == "planned" else "--border-out" if kind == "none" else hue(layer)
            )
            yield swatch_row(Texture(kind, colour), words(kind, state.lang)), step


def swatch_row(fill, text: str, opacity: float = 1.0):
    def draw(y: float) -> list[Mark]:
        return [
            Rect(MARGIN, y, 22, 14, fill, opacity, stroke="--line-strong", radius=2),
            Text(MARGIN + 31, y + 12, text, 13.5),
        ]

    return draw


def symbol_rows(atlas: Mapping, state: ViewState, layer: str) -> Iterable[tuple]:
    """A ring with its share, or the largest circle with its value."""
    if is_ring(atlas, state, layer):
        yield ring_row(layer), 30
    else:
        peak = peak_of(atlas, state.indicator(layer))
        yield (
            circle_row(
                layer,
                words("at_most", state.lang, x=brief_number(peak, state.lang)) if peak else words("none", state.lang),
            ),
            30,
        )


def ring_row(layer: str):
    def draw(y: float) -> list[Mark]:
        x, middle = MARGIN + 13, y + 12
        rings = [Circle(x, middle, 10, None, stroke="--paper-3", width=4), Arc(x, middle, 10, 0, 0.66, hue(layer), 4)]
        return [*rings, Text(MARGIN + 34, middle + 5, "66 %", 13.5)]

    return draw


def circle_row(layer: str, text: str):
    def draw(y: float) -> list[Mark]:
        return [Circle(MARGIN + 13, y + 12, 11, hue(layer), 0.82), Text(MARGIN + 34, y + 17, text, 13.5)]

    return draw


def limit(value: float, lang: str) -> str:
    return brief_number(value, lang) if abs(value) >= 1e6 else number(value, lang, 1)


def layer_name(atlas: Mapping, layer: str, lang: str) -> str:
    return next((name_of(entry["label"], lang) for entry in atlas["layers"] if entry["id"] == layer), layer)


# Table ----------------------------------------------------------------------------------------------------------------


def table_marks(atlas: Mapping, state: ViewState) -> Iterable[Mark]:
    """The view's table: a row a region, a column a layer, in the order the view sorts by."""
    table = view_table(state, atlas, state.lang)
    rows = table["rows"][:TABLE_ROWS]
    names, y = 300, TOP + 14
    step = (WIDTH - 2 * MARGIN - names) / max(1, len(table["columns"]))
    yield Text(MARGIN, y, words("region", state.lang), 14, "--ink-2", bold=True)
    for index, column in enumerate(table["columns"]):
        heading = wrap(column["label"], step - 16, 14, bold=True, lines=1)[0]
        yield Text(MARGIN + names + step * index, y, heading, 14, hue(column["layer"]), bold=True)
    pitch = (HEIGHT - BOTTOM - y - 14) / TABLE_ROWS
    for at, row in enumerate(rows, start=1):
        baseline = y + pitch * at
        chosen = row["id"] in (state.place, COUNTRY)
        if row["id"] == state.place:
            yield Rect(MARGIN - 6, baseline - pitch + 6, WIDTH - 2 * MARGIN + 12, pitch, "--mark")
        yield Text(MARGIN, baseline, row["name"], 14, bold=chosen)
        for index, cell in enumerate(row["cells"]):
            text, known = cell_text(cell, state.lang)
            line = wrap(text, step - 16, 14, bold=chosen and known, lines=1)[0]
            yield Text(
                MARGIN + names + step * index, baseline, line, 14, "--ink" if known else "--ink-3", chosen and known
            )


def cell_text(cell: Mapping, lang: str) -> tuple[str, bool]:
    """A cell's text, and whether it is a figure of the region's own."""
    if cell["kind"] in ("other", "none") or not cell["main"]:
        return words("none" if cell["kind"] == "none" else "other", lang), False
    text = cell["main"]["text"]
    if cell["main"]["year"]:
        text += f" ({cell['main']['year']})"
    if cell["kind"] == "together":
        return f"{text} – {words('together', lang)}", False
    if cell["plan"]:
        text += f" → {cell['plan']['text']} ({cell['plan']['year']})"
    return text, True
