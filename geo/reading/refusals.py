"""Figures that look like ours and are not: thresholds, growth, prices, other people's percentages."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.indicators import Flags, is_counted
from geo.reading.layers import LayerFound, Subject
from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.phrases import Sought, phrase
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.works import is_distance, is_worth_of_building

_PER: Final = regex.compile(r"\s?(?:за|в|/)\s?(?:1\s)?(?:кубометр|куб|месяц|литр|м3|человека|сутки за)|\s?/")
_BY_RU: Final = regex.compile(r"(?:^|\s)на\s(?:более чем\s|почти\s|около\s)?$")
_GROWTH: Final = Sought("growth")
_GROWTH_VERB_KK: Final = phrase(  # «12 пайызға едәуір азайды», but «88 пайызға дейін өсті»
    "changed", language="kk", before=r"\s?(?:%|пайыз|процент)-?(?:(?:ға|ге|ке)\s(?!дейін|шейін)\p{Ll}+|\p{Ll}*)\s"
)
_CHANGED_BY: Final = phrase("changed", language="ru", after=r"(?:\s[\p{L}-]+){0,4}?\s(?:еще\s)?на\s(?:\p{Ll}+\s){0,2}$")
_BY_CHANGED: Final = phrase("changed", language="ru", before=r"\s?(?:%|процент\p{Ll}*)\s(?:\p{Ll}+\s)?")
_OTHER_SHARE: Final = Sought("other_share")
_NOT_INVESTED: Final = Sought("other_money")
_SIZE: Final = phrase("village_size")
_SUPPLIED: Final = Sought("supplied", language="ru")
_HAVING: Final = regex.compile(r"\s?(?:бар|тұратын)\s\p{Ll}*(?:лар|лер|дар|дер|тар|тер)")
_JOINED: Final = Sought("joined")
_LEVEL_ON: Final = phrase("come_to", after=r"(?:\s\p{Ll}+){0,3}\s$")
_EACH_RU: Final = regex.compile(r"(?:^|\s)по\s$")
_FEWER: Final = phrase("beyond", before=r"\s?\p{Ll}{0,5}\s?")
_SUPPLIED_KK: Final = Sought("supplied", language="kk")
_IN_EACH: Final = phrase("in_each")
_PUT_IN: Final = Sought("put_in")
_EACH: Final = ("нан", "нен", "дан", "ден", "тан", "тен")
_OF_THE_REST: Final = phrase("rest", language="kk", after=r"\s(?:[мбпн][ае]н\s)?$")
_LIVE_THERE: Final = regex.compile(
    r"где\s(?:живет|живут|проживает|проживают)\s(?:больше|более|свыше|менее|меньше|до|не менее|не более)\s(?:чем\s)?$"
)
_FROM_LEVEL: Final = regex.compile(r"(?:пайыз|процент|%-?)[дтн][ае]н\s$")  # «45 пайыздан 52 пайызға артты»
_LAND: Final = regex.compile(r"жер|алқап|егіс|алаң|аумақ|суармалы|гектар|танап")
_THAN: Final = phrase("than", before=r"\s?")


_SMALL_VILLAGE: Final = 3000  # people
_SIZE_BEFORE: Final = regex.compile(
    r"(?:населени|численност|жител)\p{Ll}*\s(?:до|менее|более|свыше|от|не более|меньше)\s(?:чем\s)?$"
)
_ASKED: Final = Sought("asked")
_CONSUMED: Final = Sought("consumed")
_HARM: Final = Sought("harm")
_LOOKED_AT: Final = ("people", "households", "subscribers", "settlements", "schools", "facilities", "km")
_CHECKED: Final = phrase("checked", before=r"\s(?:\p{Ll}+\s){0,2}")
_CHECKED_BEFORE: Final = phrase("checked", language="ru", after=r"\s(?:\p{Ll}+\s){0,3}$")
_BUILDERS: Final = Sought("builders")
_INTO_IT: Final = Sought("into_it")
_AT_WORK: Final = Sought("at_work")
_OWN_CLAUSE: Final = 0.9  # clause borders
_AND: Final = regex.compile(r"\s(?:и|а|также|при|да|және|әрі|ал|мен|бен|пен)\s")
_EACH_AFTER: Final = regex.compile(r"\s(?:в\s)?кажд\p{Ll}+(?:\s\p{Ll}+)?(?=[.,;]|$)|\sәрқайсы")
_OF_POINTS: Final = ("процентн", "п.п")  # «выросла на 4,5 процентных пункта и составила 61,7%»
_POINTS: Final = regex.compile(r"\s?(?:процентн\p{Ll}+\sпункт|п\.\s?п|пп(?!\p{L})|пайыздық\s(?:тармақ|тармағ|пункт))")
_AWAY: Final = regex.compile(r"\s(?:жерде|қашықтық|шалғай|алыс|арғы|алшақ|тұрған|орналасқан|жер\s|расстояни)")
_AWAY_BEFORE: Final = regex.compile(r"(?:^|\s)(?:в|за|на расстоянии)\s(?:около\s|почти\s|более\s)?$")
_FROM_THERE: Final = regex.compile(r"\s(?:от|к\s(?:северу|югу|западу|востоку))(?!\p{L})")
_LENGTH: Final = regex.compile(
    r"[\s«–—-]*(?:жалпы\s|оның\s|общая\s|ее\s|его\s)?(?:ұзындығы|протяженность|длина)(?!\p{L})"
)
# «опыт Узбекистана, где …»: an example is told of with "where"; «по примеру Китая создадут» tells of here.
_EXAMPLES_RU: Final = ("опыт", "пример")
_EXAMPLES_KK: Final = ("тәжірибе", "мысал", "үлгі")
_WHERE: Final = regex.compile(r"(?:где|котор\p{Ll}+|там|у них|онда|оларда|сонда|ондағы)(?!\p{L})")
_SPOKEN_OF: Final = 0.3  # strength of a subject some sentences later
# More than the country has, with room to spare: 6,300 villages, 7,800 schools, 20 million people.
_MOST: Final = {
    "settlements": 1e4,
    "schools": 2e4,
    "health": 2e4,
    "zones": 1e3,
    "sez": 1e3,
    "masts": 1e5,
    "gas_stations": 1e4,
    "projects": 1e5,
    "plants": 1e5,
    "participants": 1e5,
    "institutions": 1e5,
    "facilities": 1e6,
    "people": 3e7,
    "households": 1e7,
    "subscribers": 1e7,
    "jobs": 5e6,
}


def refuse(
    view: View, number: Number, counted: Counted, layer: LayerFound, flags: Flags, subject: Subject, villages: bool
) -> str:
    """Why the number is no figure of the layer, or "".

    ``villages``: the figure before it, in the same sentence, counts settlements of the layer.
    """
    if number.value > _MOST.get(counted.code, number.value):
        return f"more than there can be {counted.code}"
    if counted.code in _MOST and number.value % 1:
        return f"{counted.code} are counted in whole numbers"
    if counted.code == "km" and is_distance(view, number, counted):
        return "a distance"
    if counted.code in ("people", "households") and (
        _IN_EACH.search(view.text(max(view.start, number.start - 40), number.start))
        or _EACH_AFTER.match(view.page.low, counted.end)
    ):
        return "so many each"
    if (
        villages
        and counted.code == "people"
        and number.value <= _SMALL_VILLAGE
        and _SIZE_BEFORE.search(view.text(max(view.start, number.start - 32), number.start))
    ):
        return "a threshold of village size"  # «6 сёл с населением до 100 человек»
    if (
        villages
        and counted.code in ("people", "households")
        and not _SIZE.search(view.text(number.end, counted.end + 14))
        and not _FEWER.match(view.text(counted.end, counted.end + 20))
    ):
        return ""
    unit = counted.code
    if (
        unit == "settlements"
        and number.words
        and any(
            hit.word_end == number.start - 1 and is_counted(view, hit)
            for hit in view.of("unit", "people", "households")
        )
    ):
        return "the villages of the people counted before"  # «3 200 жителей двух сёл»
    if any(_is_said_of(view, number, hit) for hit in view.of("other", "abroad")):
        return "told of another country"
    clause = view.clause_text(number.start)
    if unit in ("people", "households", "subscribers", "settlements", "facilities") and _HARM.told(view, clause):
        return "who was harmed or owes"
    worker = counted.hit is not None and view.text(counted.hit.start, counted.hit.start + 5) in ("жұмыс", "рабоч")
    if unit == "people" and worker and layer.layer != "industry":
        return "workers of a site"
    if unit in _LOOKED_AT and view.of("phrase", "checked") and _is_checked(view, number, counted):
        return "looked at, not supplied"
    if unit != "people" and any(
        0 < number.start - hit.word_end < 3 and hit.term.language == "kk" for hit in view.of("cue", "threshold")
    ):
        return "a threshold of village size"
    if unit == "m3day" and _CONSUMED.told(view, view.clause_text(number.start)):
        return "what is consumed, not what can be given"
    if unit == "km" and (
        _AWAY.match(view.page.low, counted.end)
        or (
            _FROM_THERE.match(view.page.low, counted.end)
            and _AWAY_BEFORE.search(view.text(max(view.start, number.start - 30), number.start))
        )
    ):
        return "how far a place is"
    if unit in ("zones", "sez") and "unserved" in flags:
        return "zones that lack something"
    spoken_of = subject.main == "water" or subject.strength.get("water", 0.0) >= _SPOKEN_OF
    told_of = "capacity" in flags and spoken_of and not view.of("layer") and not view.of("other")
    if unit == "m3day" and layer.how in ("context", "title") and not told_of:
        return "no word of water supply in its sentence"
    if (
        layer.layer == "irrigation"
        and unit == "percent"
        and layer.how in ("context", "title")
        and "inflow" not in flags
    ):
        return "no word of irrigation in its sentence"
    if (
        view.kazakh
        and counted.how == "after"
        and counted.hit
        and view.text(counted.hit.start, counted.hit.word_end).endswith(_EACH)
    ):
        after = view.text(counted.end, counted.end + 14)
        if unit in ("zones", "projects", "settlements", "schools") and not _THAN.match(after):
            return "so many each, or out of them"
    if unit == "percent":
        return _percent(view, number, counted, layer, flags)
    if unit in ("people", "households"):
        return _people(view, number, counted, layer, subject)
    if unit == "money":
        return _money(view, number, counted, layer, flags, subject)
    if (
        unit in ("schools", "health")
        and layer.how in ("context", "title")
        and not _JOINED.told(view, view.clause_text(number.start))
    ):
        return f"no word of {layer.layer} near it"
    if unit == "households" and _EACH_RU.search(view.text(max(view.start, number.start - 4), number.start)):
        return "so many each"
    if unit in ("facilities", "km", "pipelines") and layer.how in ("context", "title"):
        strong = (
            subject.strength.get(layer.layer, 0.0) >= 0.3
            and unit == "km"
            and (_LENGTH.match(view.page.low, view.start) or view.near(number, "cue", "network", within=1.4))
        )
        at_work = (
            unit == "facilities"
            and layer.layer in ("water", "gas")
            and subject.strength.get(layer.layer, 0.0) >= _SPOKEN_OF
            and not view.of("other")
            and bool(_BUILDERS.told(view, view.clause_text(number.start)))
        )
        strong = strong or at_work or "of_line" in flags  # «строители зашли на 20 объектов»
        zone = layer.layer == "industry" and subject.strength.get("industry", 0.0) >= 0.45
        if not strong and not zone:
            return f"no word of {layer.layer} in its sentence"
    if unit == "projects" and layer.layer != "industry" and layer.how == "title":
        return f"no word of {layer.layer} in its sentence"
    if unit == "zones" and any(
        view.border(number.start, hit.start) < 0.9 and abs(hit.start - number.end) < 60
        for hit in view.of("cue", "work_only")
    ):
        return "only its papers are being made"
    if unit == "settlements" and any(
        hit.start > number.end and view.border(number.start, hit.start) < 0.9 for hit in view.of("cue", "work_only")
    ):
        return "only its papers are being made"
    return ""


def _is_said_of(view: View, number: Number, country: Hit) -> bool:
    """«в Узбекистане, для сравнения, 25 зон»: named in the figure's clause, or before it with no place between."""
    if view.text(country.start, country.word_end).rpartition(" ")[2].startswith(_EXAMPLES_KK) or view.text(
        country.start, country.word_end
    ).startswith(_EXAMPLES_RU):
        return country.start < number.start and _WHERE.search(view.text(country.word_end, number.start)) is not None
    return view.border(number.start, country.start) < _OWN_CLAUSE or (
        country.start < number.start
        and view.between(country.start, number.start) == 0
        and not any(country.start < other.start < number.start for other in (*view.names, *view.of("place")))
    )


def _is_checked(view: View, number: Number, counted: Counted) -> bool:
    low = view.page.low
    return (
        _CHECKED.match(low, counted.end, view.end) is not None
        or _CHECKED_BEFORE.search(low, max(view.start, number.start - 40), number.start) is not None
    )


def _percent(view: View, number: Number, counted: Counted, layer: LayerFound, flags: Flags) -> str:
    if _OF_THE_REST.search(view.text(max(view.start, number.start - 24), number.start)):
        return "the share of the rest, who are not covered so"  # «қалған екі пайызы тасымал суға тәуелді»
    if number.value > 100:
        return "more than a hundred percent is growth, not a share"
    if "of_other" in flags and "of_layer" not in flags and layer.layer != "irrigation":
        return f"a share of something else ({flags.held['of_other']})"
    if "of_other" in flags and "saving" in flags and not _LAND.match(flags.held["of_other"]):
        return f"a share of something else ({flags.held['of_other']})"
    if "of_layer" in flags and "inflow" not in flags and layer.layer not in ("irrigation", "industry"):
        return f"a share of {flags.held['of_layer']}"
    if "of_schools" in flags:
        return "a share of schools is not in the catalogue"
    if "worn" in flags and layer.layer != "irrigation":
        return "wear of networks, not coverage"
    clause = view.clause_text(number.start)
    if _POINTS.match(view.page.low, number.end):
        return "a change by so much, not a level"
    growth = _GROWTH.told(view, clause)
    if growth and not growth.startswith(_OF_POINTS):
        return "growth or readiness, not coverage"
    if layer.layer != "irrigation" and (other := _OTHER_SHARE.told(view, clause)):
        return f"a share of something else ({other})"
    if not view.kazakh and any(hit.start == counted.end + 1 for hit in view.of("other")):
        return "a share of something else"  # «96 процентов госуслуг»
    before = view.text(max(view.start, number.start - 40), number.start)
    by = not view.kazakh and " на " in before
    if by and (_CHANGED_BY.search(before) or _is_changed_by(view, number, before)):
        return "a change by so much, not a level"
    if (
        _BY_RU.search(before[-14:])
        and "worn" not in flags  # «оросительные сети изношены на 67 %»
        and not _LEVEL_ON.search(before)
        and not _SUPPLIED.told(view, view.text(view.start, view.end))
    ):
        return "a change by so much, not a level"
    if (
        view.kazakh
        and _GROWTH_VERB_KK.match(view.page.low, number.end + len(number.tail), view.end)
        and not _FROM_LEVEL.search(view.text(max(view.start, number.start - 14), number.start))
    ):
        return "a change by so much, not a level"
    if layer.how in ("context", "title"):
        tied = any(
            name in flags
            for name in ("headed", "of_people", "of_settlements", "of_health", "of_urban", "of_rural", "inflow")
        ) or any(
            hit.start < number.start or view.border(number.start, hit.start) < 0.9
            for hit in view.of("cue", "again", "level", "worn")
        )
        if (
            layer.how == "title"
            and not _SUPPLIED_KK.told(view, clause)
            and not _SUPPLIED.told(view, clause)
            and not any(True for _ in view.near(number, "cue", "level", within=1.2))
        ):
            tied = False
        if not tied:
            return "a percentage with nothing that binds it to a layer"
    return ""


def _is_changed_by(view: View, number: Number, before: str) -> bool:
    """«на 12 процентов меньше», «на 12 % сократились»."""
    return _BY_RU.search(before[-14:]) is not None and _BY_CHANGED.match(view.page.low, number.end) is not None


def _people(view: View, number: Number, counted: Counted, layer: LayerFound, subject: Subject) -> str:
    if _ASKED.told(view, view.clause_text(number.start)):
        return "people who asked for it or came to a meeting"
    if layer.layer == "industry" and _AT_WORK.told(view, view.clause_text(number.start)):
        return ""  # «с численностью занятых 6,8 тыс. человек»
    if _SIZE.search(view.text(number.end, counted.end + 14)):
        return "a threshold of village size"
    for _, hit in view.near(number, "cue", "threshold", within=0.9):
        if hit.term.language == "kk" and hit.word_end < number.start - 3 and is_counted(view, hit):
            continue  # «5 мың тұрғыны бар ауылдың 4 мың тұрғынына»
        after = view.text(counted.end, counted.end + 40)
        if 0 < number.start - hit.word_end < 4 and hit.term.language == "kk":
            if not _FEWER.match(after):
                continue
            return "a threshold of village size"
        if hit.start < number.start or _HAVING.match(after):
            return "a threshold of village size"
    if _LIVE_THERE.search(view.text(max(view.start, number.start - 44), number.start)):
        return "a threshold of village size"  # «сёла, где живут больше 250 человек»
    if layer.how in ("context", "title"):
        told = any(0 < number.start - hit.word_end < 4 for hit in view.of("cue", "threshold"))
        if told or any(view.border(number.start, hit.start) < 1.2 for hit in view.of("cue", "live")):
            return "people who live there, not people served"
        joined = _SUPPLIED.told(view, view.clause_text(number.start))  # «к сетям подключено 4 980 домов»
        if subject.strength.get(layer.layer, 0.0) < (_SPOKEN_OF if joined else 0.4):
            return f"no word of {layer.layer} near it"
    return ""


def _is_put_in_beside(view: View, number: Number) -> bool:
    """«вложили 31 млрд тенге и заплатили 4 млрд налогов»: of two sums in a clause the one that its own verb puts in."""
    begin, end = view.clause(number.start)
    others = [other for other in view.numbers if other.scaled and other is not number and begin <= other.start < end]
    before = max((other.end for other in others if other.end <= number.start), default=begin)
    after = min((other.start for other in others if other.start >= number.end), default=end)
    last = _AND.search(view.page.low, number.end, after) if after < end else None
    own = view.text(before, last.start() if last is not None else after)
    return bool(others) and bool(_PUT_IN.told(view, own)) and not _NOT_INVESTED.told(view, own)


def _money(view: View, number: Number, counted: Counted, layer: LayerFound, flags: Flags, subject: Subject) -> str:
    if number.value < 1e6:
        return "a price, not an investment"
    if _PER.match(view.page.low, counted.end):
        return "a price, not an investment"
    plants = [
        hit
        for hit in view.of("unit", "plants")
        if view.border(number.start, hit.start) < 0.9 and 0 <= hit.start - counted.end < 40
    ]
    if plants and layer.layer != "industry":
        return "the worth of plants, not of the layer"
    clause = view.clause_text(number.start)
    if _NOT_INVESTED.told(view, clause) and not _is_put_in_beside(view, number):
        return "money, but not put into the layer"
    if (
        layer.layer == "industry"
        and (subject.main == "industry" or _INTO_IT.told(view, clause))
        and _PUT_IN.told(view, clause)
    ):
        return ""
    if layer.how in ("context", "title") and is_worth_of_building(view, number):
        return "what another building costs"
    if "of_line" in flags:
        return ""
    if layer.how == "title" or (layer.how == "context" and subject.strength.get(layer.layer, 0.0) < 0.28):
        return f"money with no word of {layer.layer} near it"
    return ""
