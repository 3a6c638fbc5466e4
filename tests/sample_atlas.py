"""A small hand-made atlas in the shape of ``atlas.json``: three regions in a row, four layers, two places.

The outlines are plain rectangles, so that every distance in a test can be worked out on paper.
"""

from __future__ import annotations

import copy

BOXES = {"KZ-61": (66.0, 42.0, 70.0, 45.0), "KZ-33": (74.0, 43.0, 80.0, 46.0), "KZ-71": (71.0, 51.0, 71.8, 51.4)}
NAMES = {
    "KZ-61": ("Түркістан облысы", "Туркестанская область", "Turkistan Region"),
    "KZ-33": ("Жетісу облысы", "область Жетісу", "Zhetysu Region"),
    "KZ-71": ("Астана", "Астана", "Astana"),
}
BREAKS = {
    f"{scheme}-{n}": [100 * k / n for k in range(1, n + 1)]
    for scheme in ("equal", "quantile", "jenks")
    for n in range(3, 8)
}


def named(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


def indicator(layer: str, unit: str, kind: str, label: str, group: str) -> dict:
    return {
        "layer": layer,
        "unit": unit,
        "kind": kind,
        "label": named(label + " (қаз)", label + " (рус)", label),
        "unit_label": named(unit, unit, unit),
        "group": group,
        "breaks": BREAKS,
    }


def figure(code: str, value: float, status: str, year: int, regions: list[str], **more) -> dict:
    return {
        "i": code,
        "v": value,
        "q": "exact",
        "s": status,
        "from": f"{year}-01-01",
        "to": f"{year}-12-31",
        "r": regions,
        "d": "turkistan-2025",
        "c": 0.9,
        **more,
    }


def square(box: tuple[float, float, float, float]) -> dict:
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def sample_outlines() -> dict:
    """GeoJSON in EPSG:4326, one rectangle a region, ``id`` the ISO code."""
    features = [
        {"type": "Feature", "id": code, "properties": {"id": code}, "geometry": square(box)}
        for code, box in BOXES.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def sample_atlas(**changes) -> dict:
    """A fresh copy, top-level keys replaced by ``changes``."""
    return {**copy.deepcopy(ATLAS), **changes}


ATLAS = {
    "schema": 1,
    "edition": 3,
    "published": "2026-01-31T10:00:00Z",
    "hash": "0" * 64,
    "years": list(range(2018, 2031)),
    "year": 2025,
    "layers": [
        {
            "id": "gas",
            "headline": "gas.population_share",
            "label": named("Газ", "Газ", "Gas"),
            "indicators": ["gas.population_share", "gas.coverage_share", "gas.settlements"],
        },
        {
            "id": "water",
            "headline": "water.population_share",
            "label": named("Ауыз су", "Питьевая вода", "Drinking water"),
            "indicators": ["water.population_share"],
        },
        {
            "id": "internet",
            "headline": "internet.settlements_share",
            "label": named("Интернет", "Интернет", "Internet"),
            "indicators": ["internet.settlements_share"],
        },
        {
            "id": "industry",
            "headline": "industry.zones",
            "label": named("Индустриялық аймақтар", "Индустриальные зоны", "Industrial zones"),
            "indicators": ["industry.zones", "industry.jobs"],
        },
    ],
    "indicators": {
        "gas.population_share": indicator("gas", "percent", "share", "Share of people with gas", "gas.share"),
        "gas.coverage_share": indicator("gas", "percent", "share", "Gas coverage", "gas.share"),
        "gas.settlements": indicator("gas", "settlements", "stock", "Settlements with gas", "gas.settlements"),
        "water.population_share": indicator("water", "percent", "share", "Share of people with water", "water.share"),
        "internet.settlements_share": indicator("internet", "percent", "share", "Settlements online", "internet.share"),
        "industry.zones": indicator("industry", "zones", "stock", "Industrial zones", "industry.zones"),
        "industry.jobs": indicator("industry", "jobs", "stock", "Jobs", "industry.jobs"),
    },
    "regions": [
        {
            "id": code,
            "name": named(*NAMES[code]),
            "kind": "city" if code == "KZ-71" else "region",
            "point": [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2],
            "bbox": list(box),
            "area_km2": 1000,
            "population": 2_000_000,
        }
        for code, box in BOXES.items()
    ],
    "observations": {
        "o1": figure("gas.population_share", 85.5, "actual", 2024, ["KZ-61"]),
        "o2": figure("gas.population_share", 88.9, "planned", 2026, ["KZ-61"]),
        "o3": figure("gas.coverage_share", 10, "actual", 2024, ["KZ-33"], q="about"),
        "o4": figure("water.population_share", 95, "actual", 2025, ["KZ-61"]),
        "o5": figure("industry.zones", 20, "actual", 2025, ["KZ-61"]),
        "o6": figure("internet.settlements_share", 53.5, "actual", 2025, ["KZ-33"]),
        "o7": figure("gas.settlements", 200, "actual", 2024, ["KZ-61", "KZ-33"], q="more_than"),
        "o8": figure("water.population_share", 97, "actual", 2024, ["KZ"]),
    },
    "series": {
        "gas.population_share": {
            "KZ-61": {"actual": [[2024, None, "o1", 2024, 0]], "plan": [[2025, 2026, "o2", 2026, 0]]},
        },
        "gas.coverage_share": {"KZ-33": {"actual": [[2024, None, "o3", 2024, 0]], "plan": []}},
        "water.population_share": {
            "KZ-61": {"actual": [[2025, None, "o4", 2025, 1]], "plan": []},
            "KZ": {"actual": [[2024, None, "o8", 2024, 0]], "plan": []},
        },
        "internet.settlements_share": {"KZ-33": {"actual": [[2025, None, "o6", 2025, 0]], "plan": []}},
        "industry.zones": {"KZ-61": {"actual": [[2025, None, "o5", 2025, 0]], "plan": []}},
    },
    "shared": [{"i": "gas.settlements", "regions": ["KZ-61", "KZ-33"], "obs": "o7"}],
    "features": [
        {
            "id": "zone/orangai",
            "layer": "industry",
            "kind": "zone",
            "name": named("Оранғай", "Орангай", "Orangai"),
            "status": "planned",
            "regions": ["KZ-61"],
            "place": "settlement/orangai",
            "geometry": {"type": "Point", "coordinates": [68.2, 43.4]},
            "approximate": True,
            "schematic": False,
            "obs": ["o5"],
        },
        {
            "id": "pipeline/taldykorgan-usharal",
            "layer": "gas",
            "kind": "pipeline",
            "name": named("Талдықорған – Үшарал", "Талдыкорган – Ушарал", "Taldykorgan – Usharal"),
            "status": "planned",
            "regions": ["KZ-33"],
            "place": None,
            "geometry": {"type": "LineString", "coordinates": [[78.37, 45.01], [79.5, 45.9]]},
            "approximate": False,
            "schematic": True,
            "obs": ["o3"],
        },
    ],
    "places": {
        "settlement/orangai": {
            "name": named("Оранғай", "Орангай", "Orangai"),
            "kind": "settlement",
            "region": "KZ-61",
            "point": [68.2, 43.4],
        },
        "city/tekeli": {"name": named("Текелі", "Текели", "Tekeli"), "kind": "city", "region": "KZ-33", "point": None},
    },
    "documents": {
        "turkistan-2025": {
            "title": "Түркістан облысы: инфрақұрылым",
            "publisher": "Қамту",
            "date": "2025-11-02",
            "inferred": False,
            "language": "kk",
            "url": "",
        }
    },
    "vintages": [],
}
