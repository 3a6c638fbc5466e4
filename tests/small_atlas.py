"""A small atlas of hand-made documents: gas, water, internet, zones, a conflict, plans, and a hostile text."""

from dataclasses import replace

from conftest import make_document, make_observation, with_sentences

HOSTILE = (
    "{{7*7}} {% for x in y %} ${1} <img src=x onerror=alert(1)> </script><script>alert(2)</script> &amp; \u2028 end"
)


def small_atlas_sources():
    """[(document, its figures)] of a small atlas: gas, water, internet, zones, a conflict, a plan, a hostile text."""

    def document(key, figures, **more):
        return with_sentences(make_document(key, **more), figures)

    def figure(key, indicator, value, region="KZ-61", year=2025, *, said, **more):
        """A figure whose sentence is ``said``, with {} for the number."""
        number = str(value).removesuffix(".0").replace(".", ",")
        before, _, after = said.partition("{}")
        quote, start = before + number + after, len(before)
        made = make_observation(indicator, value, region, year, key=key, **more)
        return replace(made, quote=quote, span=(0, len(quote)), value_span=(start, start + len(number)))

    gas = document(
        "turkistan-2025",
        [
            figure("o01", "gas.population_share", 85.5, said="Облыс халқының {} пайызына көгілдір отын жетті"),
            figure("o02", "gas.population_share", 88.9, said="Межеміз {} пайыз", status="planned"),
            figure("o03", "water.population_share", 95, said="Ауыз су тұрғындардың {} пайызына барды"),
            figure("o04", "industry.zones", 20, said="Аймақ саны {} болды"),
            figure(
                "o05", "industry.zone_area", 365, said="Оранғайда {} га жер", place="zone/orangai", qualifier="about"
            ),
        ],
        kind="bulletin",
        title="Түркістан: қысқаша шолу",
        date="2025-10-28",
        publisher="Облыс әкімдігі",
        url="https://example.kz/turkistan",
        card={"source_title": "Толық сұхбат", "source_language": "kk", "licence": "CC BY 4.0", "seen": "part"},
    )
    rival = document(
        "turkistan-press",
        [figure("o06", "gas.population_share", 81.5, said="В области газом обеспечены {} процента жителей")],
        language="ru",
        title="Газ в области",
        date="2025-03-01",
        publisher="newspaper.kz",
    )
    fibre = document(
        "villages-2019",
        [
            figure(
                "o07",
                "internet.settlements_broadband",
                200,
                ("KZ-11", "KZ-15", "KZ-61"),
                2019,
                said="Үш облыста барлығы {} ауыл",
                qualifier="more_than",
            ),
            figure("o08", "internet.settlements_new", 86, "KZ-31", 2020, said="Алда {} ауыл тұр", status="planned"),
            figure("o09", "gas.investment", 39.5e9, (), None, said="Жалпы {} теңге керек", status="needed"),
        ],
        title="Ауылға оптика",
        date="2019-06-01",
        date_basis="inferred",
    )
    hostile = document(
        "hostile",
        [
            figure("o10", "water.settlements", 7, "KZ-33", 2024, said="Ауылдар {} " + HOSTILE),
            figure("o11", "water.settlements_new", 3, "KZ-33", 2024, said=HOSTILE + " тағы {}"),
        ],
        title=f"Title {HOSTILE}",
        publisher=HOSTILE,
        url="javascript:alert(3)",
        date="2024-05-05",
    )
    return [gas, rival, fibre, hostile]
