"""The shapes of the interface's answers as JSON Schema (2020-12), strict: a field not named here is an error."""

from __future__ import annotations

from typing import Any

from geo.model import LANGUAGES, LAYERS, QUALIFIERS, STATUSES
from geo.promises import STATES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "format": "date"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
SPAN: Schema = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}


def one_of(*values: str) -> Schema:
    """A string out of a fixed list."""
    return {"type": "string", "enum": list(values)}


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def maybe(schema: Schema) -> Schema:
    """The schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def record(fields: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object with these fields and no others; all but ``optional`` are always there."""
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def shape(kind: str, *members: str) -> Schema:
    """A GeoJSON or TopoJSON object; its members have specifications of their own."""
    return {"type": "object", "required": ["type", *members], "properties": {"type": one_of(kind)}}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


WORDS = record(dict.fromkeys(LANGUAGES, TEXT))
PAGING = {"total": COUNT, "limit": COUNT, "offset": COUNT, "next": maybe(TEXT)}

SCHEMAS: dict[str, Schema] = {
    "Error": record(
        {"error": record({"code": TEXT, "message": TEXT, "details": {"type": "object", "additionalProperties": True}})}
    ),
    "Words": WORDS,
    "Period": record({"start": maybe(DATE), "end": maybe(DATE)}),
    "Place": record({"id": TEXT, "name": TEXT, "kind": TEXT}),
    "Evidence": record(
        {
            "quote": TEXT,
            "parts": {"type": "array", "items": TEXT, "minItems": 3, "maxItems": 3},
            "span": SPAN,
            "value_span": SPAN,
            "mentions": array(SPAN),
            "href": TEXT,
        }
    ),
    "Source": record(
        {
            **dict.fromkeys(("id", "kind", "title", "publisher"), TEXT),
            "date": maybe(DATE),
            "date_text": maybe(TEXT),
            "inferred": FLAG,
            **dict.fromkeys(("language", "url", "licence", "seen"), TEXT),
            "restates": maybe({"type": "object", "additionalProperties": True}),
            "href": TEXT,
        }
    ),
    "Figure": record(
        {
            "id": TEXT,
            "document": TEXT,
            "layer": one_of(*LAYERS),
            "indicator": TEXT,
            "value": NUMBER,
            "unit": TEXT,
            "qualifier": one_of(*QUALIFIERS),
            "status": one_of(*STATUSES),
            "regions": array(TEXT),
            "low": maybe(NUMBER),
            "high": maybe(NUMBER),
            "currency": maybe(TEXT),
            "period": maybe(ref("Period")),
            "place": maybe(ref("Place")),
            "confidence": NUMBER,
            "rule": TEXT,
            "inferred": array(TEXT),
            **dict.fromkeys(("label", "text", "words"), TEXT),
            "when": maybe(TEXT),
            "where": array(TEXT),
            "place_label": maybe(TEXT),
            "status_label": TEXT,
            "evidence": ref("Evidence"),
            "source": maybe(ref("Source")),
            "conflicts": maybe(record({"shown": FLAG, "others": array(TEXT), "rule": TEXT})),
        }
    ),
    "Indicator": record(
        {
            "code": TEXT,
            "label": WORDS,
            "long": WORDS,
            "unit": TEXT,
            "unit_label": WORDS,
            **dict.fromkeys(("kind", "group", "better"), TEXT),
            "figures": COUNT,
        }
    ),
    "Layer": record(
        {
            "id": one_of(*LAYERS),
            "label": WORDS,
            "headline": TEXT,
            "figures": COUNT,
            "indicators": array(ref("Indicator")),
        }
    ),
    "Edition": record(
        {
            "number": COUNT,
            "published": INSTANT,
            **dict.fromkeys(("published_text", "hash", "note"), TEXT),
            **dict.fromkeys(("figures", "added", "removed", "changed"), COUNT),
        }
    ),
    "Conflict": record(
        {
            **dict.fromkeys(("indicator", "label", "region", "which"), TEXT),
            "year": maybe({"type": "integer"}),
            "shown": ref("Figure"),
            "others": array(ref("Figure")),
        }
    ),
    "Promise": record(
        {
            "state": one_of(*STATES),
            "due": DATE,
            "needed": NUMBER,
            "addition": FLAG,
            "late": FLAG,
            "done": maybe(NUMBER),
            "plan": ref("Figure"),
            "baseline": maybe(ref("Figure")),
            "reports": array(ref("Figure")),
            "restated": array(ref("Figure")),
        }
    ),
    "Hit": record(
        {**dict.fromkeys(("kind", "id", "name", "context", "view", "href"), TEXT), "figures": COUNT, "score": NUMBER}
    ),
    "Layers": record({"edition": COUNT, "layers": array(ref("Layer"))}),
    "Figures": record({"edition": COUNT, **PAGING, "observations": array(ref("Figure"))}),
    "OneFigure": record({"edition": COUNT, "known_since": maybe(COUNT), "observation": ref("Figure")}),
    "Part": record({**dict.fromkeys(("id", "text", "label", "where", "document", "href"), TEXT), "year": maybe(COUNT)}),
    "Derived": record(
        {
            "id": TEXT,
            "rule": one_of("quotient", "weighted", "without"),
            "of": TEXT,
            "indicator": maybe(TEXT),
            "regions": array(TEXT),
            "where": array(TEXT),
            "year": maybe(COUNT),
            "value": NUMBER,
            "unit": one_of("percent", "people"),
            "qualifier": one_of(*QUALIFIERS),
            **dict.fromkeys(("label", "text", "words"), TEXT),
            "people": maybe(record({"counted": COUNT, "of": COUNT, "as_of": TEXT})),
            "parts": array(ref("Part")),
        }
    ),
    "Computed": record(
        {
            "edition": COUNT,
            **PAGING,
            "population": maybe(record(dict.fromkeys(("title", "producer", "url", "date", "licence"), TEXT))),
            "derived": array(ref("Derived")),
        }
    ),
    "Documents": record({"edition": COUNT, **PAGING, "documents": array(ref("Source"))}),
    "OneDocument": record(
        {
            "edition": COUNT,
            "document": ref("Source"),
            "text": TEXT,
            "body_start": COUNT,
            "observations": array(ref("Figure")),
        }
    ),
    "Hits": record({"edition": COUNT, "query": TEXT, "results": array(ref("Hit"))}),
    "Editions": record({"current": COUNT, "editions": array(ref("Edition"))}),
    "Changes": record(
        {
            **dict.fromkeys(("from", "to", "total"), COUNT),
            "added": array(ref("Figure")),
            "removed": array(ref("Figure")),
            "changed": array(record({"before": ref("Figure"), "after": ref("Figure")})),
        }
    ),
    "Conflicts": record({"edition": COUNT, "rule": TEXT, **PAGING, "conflicts": array(ref("Conflict"))}),
    "Promises": record(
        {
            "edition": COUNT,
            "as_of": DATE,
            "states": record(dict.fromkeys(STATES, COUNT)),
            **PAGING,
            "promises": array(ref("Promise")),
        }
    ),
    "Dictionary": record({"columns": array(record(dict.fromkeys(("name", "type", "meaning"), TEXT)))}),
    "Citation": record(dict.fromkeys(("url", *LANGUAGES, "bibtex"), TEXT)),
    "Making": record({"state": one_of("making"), "seconds": NUMBER, "retry_after": COUNT}),
    "Health": record({"status": one_of("ok"), "edition": COUNT}, optional=("edition",)),
    "GeoJSON": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {"type": one_of("FeatureCollection")},
    },
    "TopoJSON": {"type": "object", "required": ["type", "arcs", "objects"], "properties": {"type": one_of("Topology")}},
}
