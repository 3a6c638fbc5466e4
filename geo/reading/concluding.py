"""One number with its noun: step by step to the figure that it tells, or to why it tells none."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.deciding import inherit_network, mark_new_or_stock, mark_total, status_code
from geo.reading.dwelling import are_dwellers
from geo.reading.focus import CITY_REGIONS, MEANT, PlaceFound
from geo.reading.focusing import Places, told_of_the_country
from geo.reading.headed import flags_under_head, is_answer, period_under_head, status_under_head
from geo.reading.indicators import choose_indicator, figure_flags
from geo.reading.lacking import is_home_of_unserved, is_whole, lives_without
from geo.reading.layers import LayerFound, figure_layer, of_portfolio
from geo.reading.lists import goes_on_by_measure, goes_on_with_money, is_beside, is_breakdown, is_one_more
from geo.reading.measures import go_on_with_land, goes_on_with_measure, measure_next
from geo.reading.numbers import Number
from geo.reading.parts import note_lack_in_the_end, says_as_before
from geo.reading.periods import figure_period, year_from
from geo.reading.phrases import Opening, phrase
from geo.reading.places import figure_place, tells_of_villages_too
from geo.reading.qualifiers import figure_qualifier, is_difference, rises_from
from geo.reading.refusals import refuse
from geo.reading.shares import inherit_base, share_of_count
from geo.reading.staff import are_staff
from geo.reading.state import NETWORK_FLAGS, Figure, Run
from geo.reading.status import Sign, StatusFound, figure_status
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.vocabulary import load_vocabulary
from geo.reading.works import note_works
from geo.reading.zones import WORKS_FOR_ZONE, inside_zone, is_land_of_a_zone, is_spent_on_zone

_LISTED: Final = tuple(sorted(load_vocabulary().forms("auxiliary", "listed")))  # what a plan holds is planned, not done
_ONE_OF: Final = ("projects", "settlements", "zones", "sez", "schools")  # «лишь один проект» is one
_ZONES: Final = ("zones", "sez")
_ONLY: Final = phrase("only")
_LINK_PLACE: Final = Opening("there")
_THAT_IS: Final = Opening("that_is", after=r"\s?[–—-]\s")
_HOMES: Final = ("households", "subscribers")
_SOCIAL: Final = frozenset(("schools", "health", "institutions"))
_PROJECT_START: Final = regex.compile(
    r"[\s«–—-]*(?:бұл\s|жалпы\s)?(?:жоба(?:ның|ға)?(?:\s\p{Ll}+){0,2}\s(?:құны|бағасы)|инвестиция көлемі|құны"
    r"|(?:общая\s|сметная\s)?стоимость|общая сумма|общий объем|цена (?:вопроса|проекта|работ|стройки)|жалпы сома"
    r"|объем(?:ы)? (?:частных\s)?(?:инвестиций|вложений|финансирования)"
    r"|(?:(?:газ\s|су\s)?құбыр|желі|нысан|арна|магистраль|зауыт)\p{Ll}*[дтн][ыі]ң\s(?:жалпы\s)?(?:ұзындығы|құны)"
    r"|длина|протяженность|ұзындығы|обойдется|обойдутся|обошл(?:ась|ось|ись)|обошелся)"
)
_OWN_CLAUSE: Final = 0.9  # clause borders
_COVERED: Final = ("қамт", "жабдықтал", "газдандырыл", "көшт", "көшк")
_HAS_BEEN: Final = (" болған", " еді", " болатын")
_BY_DATE: Final = "document's date"


class Case:
    """A number with its noun, and what it is judged by.

    ``index``: which number of its sentence it is; ``signs``: of the sentence's status; ``linked``: the sentence goes on
    with the one before; ``earlier``: the figure before it in its sentence; ``before``: that one, or the one that the
    sentence goes on with; ``beside``: ``earlier``, where it is of the same layer.
    """

    __slots__ = (
        *("before", "beside", "counted", "earlier", "index", "linked", "number", "places", "portfolio", "run"),
        *("same_length", "same_measure", "signs", "view", "villages"),
    )

    def __init__(
        self,
        run: Run,
        view: View,
        number: Number,
        index: int,
        counted: Counted,
        places: Places,
        signs: list[Sign],
        linked: bool,
        earlier: Figure | None,
    ) -> None:
        self.run, self.view, self.number, self.index = run, view, number, index
        self.counted, self.places, self.signs = counted, places, signs
        self.linked, self.earlier = linked, earlier
        self.before, self.beside = earlier, earlier
        self.same_length: Figure | None = None
        self.same_measure: Figure | None = None
        self.portfolio = False
        self.villages = False  # the people are told of with villages


def conclude(case: Case) -> Figure | str:
    """The figure that the number tells, or why it tells none."""
    reason = _counts_nothing(case)
    if reason:
        return reason
    layer = _layer(case)
    if not layer.layer:
        return layer.reason
    figure = _begin(case, layer)
    _note_flags(case, figure)
    reason = _refused(case, figure) or _settle_status(case, figure)
    if reason:
        return reason
    _settle_period(case, figure)
    _settle_measure(case, figure)
    figure.place = _place(case, figure)
    if figure.place.regions and figure.place.regions[0] in CITY_REGIONS:
        figure.flags.held.pop("of_urban", None)  # everybody there lives in the city
    if figure.counted.code in _SOCIAL and figure.status_code in ("planned", "target", "underway"):
        figure.flags.held.pop("unserved", None)  # «оставшиеся без доступа 14 школ присоединят»
    figure.indicator = choose_indicator(figure.counted.code, layer.layer, figure.flags)
    if not figure.indicator:
        return f"the {layer.layer} layer has no measure for it here"
    _go_on_as_told(case, figure)
    if layer.layer == "industry" and _may_be_of_one_zone(case, figure):
        figure.place = inside_zone(case.run, case.view, case.number, figure.place)
    if figure.flags.held.get("total") is not None:
        figure.status_code = "actual"
    return figure


def _counts_nothing(case: Case) -> str:
    view, number, counted = case.view, case.number, case.counted
    if counted.code == "none":
        hit = counted.hit
        return f"counts {view.text(hit.start, hit.word_end)}" if hit else "counts nothing of ours"
    if is_difference(view, number, counted):
        return "a change by so much, not a level"
    counts_on = number.of_them and counted.how == "carried"
    if (
        number.article
        and not counts_on
        and not is_one_more(view, number, counted, case.earlier)
        and not (
            counted.how == "after"
            and (counted.steps == 0 or "ғана" in view.text(number.end, counted.end))
            and counted.code in _ONE_OF
            and _ONLY.search(view.text(max(view.start, number.start - 9), counted.end))
        )
    ):
        return "a word for one, used as an article"
    return ""


def _layer(case: Case) -> LayerFound:
    run, view, counted = case.run, case.view, case.counted
    if counted.code == "money" and is_spent_on_zone(run, view):
        return LayerFound("industry", "context", WORKS_FOR_ZONE)
    return of_portfolio(view, counted, figure_layer(view, case.number, counted, run.subject), run.industrial)


def _begin(case: Case, layer: LayerFound) -> Figure:
    """The figure with its status and flags as its own words tell them; what it may go on with is noted in the case."""
    run, view, number, counted = case.run, case.view, case.number, case.counted
    if case.earlier is None and run.last is not None and view.sentence.line == run.last_line:
        goes_on = case.linked or _PROJECT_START.match(view.page.low, view.start) is not None
        case.before = run.last if goes_on else None
    if case.earlier is not None and case.earlier.layer.layer != layer.layer:
        case.beside = None
    again = measure_next(view, case.index, counted) if len(view.numbers) > case.index + 1 else view.end
    own = case.signs if again == view.end else [sign for sign in case.signs if sign.start < again]
    status = figure_status(view, number, own, counted.end)
    if not case.signs and case.before is not None and not _counts_zones_anew(case, case.before):
        status = case.before.status
    if not status.code and case.earlier is not None and not _has_sign_between(case, case.earlier):
        status = case.earlier.status  # «В планах на год: газ – девять сёл, интернет – 22»
    status = status_under_head(run, view, case.signs, status)
    flags = figure_flags(view, number, counted, layer.layer, layer.how, status)
    note_lack_in_the_end(view, number, counted, case.signs, flags)
    flags_under_head(run, view, counted, layer, case.signs, flags)
    return Figure(number, counted, view.sentence, layer, status, flags)


def _counts_zones_anew(case: Case, before: Figure) -> bool:
    """«До 2027 года откроют 5 заводов. Всего в области три зоны»: how many there are is not told by those works."""
    return case.counted.code in _ZONES and before.counted.code not in _ZONES


def _has_sign_between(case: Case, earlier: Figure) -> bool:
    return any(earlier.number.end < sign.start < case.number.start for sign in case.signs)


def _note_flags(case: Case, figure: Figure) -> None:
    """What holds of the figure for what stands before it."""
    view, number, counted, layer = case.view, case.number, case.counted, figure.layer
    flags, earlier, beside = figure.flags, case.earlier, case.beside
    if counted.code == "money" and layer.how == "context" and goes_on_with_money(case.run, view, layer.layer):
        flags.set("investment", "as in the sum before")
    if layer.word == WORKS_FOR_ZONE:
        flags.set("investment", layer.word)
    case.portfolio = layer.layer == "industry" and layer.how == "title" and bool(view.of("cue", "portfolio"))
    if case.portfolio:
        flags.set("portfolio", layer.word)
        status = figure.status
        if status.code in ("", "actual") and (not status.word or status.word in _LISTED):
            figure.status = status.planned()
    told = beside or (case.before if case.before is not None and case.before.layer.layer == layer.layer else None)
    if told is not None and lives_without(view, number, counted, told):
        flags.set("unserved", "lives where the service is lacking")
        case.villages = True
    if is_home_of_unserved(view, counted):
        flags.set("unserved", "its people lack it")
    if (
        earlier is not None
        and earlier.layer.layer == "internet"
        and counted.how in ("carried", "before")
        and counted.code == earlier.counted.code
        and NETWORK_FLAGS.isdisjoint(flags.held)
        and "unserved" not in flags
        and not any(earlier.number.end < hit.start < number.start for hit in view.of("layer", "internet"))
    ):
        for name in sorted(NETWORK_FLAGS & set(earlier.flags.held)):
            flags.set(name, "as in the figure before")
    if counted.code == "km" and "lacking" in flags and is_whole(view, number, counted):
        figure.status = StatusFound("actual", "", False)
        for name in ("lacking", "repair", "worn"):
            flags.held.pop(name, None)  # «Из 3 900 км сетей 1 400 нуждаются в замене»
    note_works(view, number, counted, figure, case.run.subject, beside)
    case.same_measure = goes_on_with_measure(case.run, view, number, counted, layer.layer, earlier)
    if counted.code == "percent":
        share_of_count(view, number, layer, flags, earlier)
    if beside is not None and beside.counted.code == counted.code == "km" and counted.how == "carried":
        case.same_length = beside
        if figure.status.word in ("", beside.status.word):
            figure.status = beside.status
            for name in sorted({"repair", "lacking"} & set(beside.flags.held)):
                flags.set(name, "as in the length before")  # «ремонта ждут 900 км сетей, в Абайской – 300»


def _refused(case: Case, figure: Figure) -> str:
    view, counted, layer, beside = case.view, case.counted, figure.layer, case.beside
    listed = beside is not None and (  # «412 школ, 276 медучреждений», «3 800 домов и 46 объектов»
        {beside.counted.code, counted.code} <= _SOCIAL
        or (counted.code == "facilities" and beside.counted.code in _HOMES and is_beside(view, case.number, beside))
    )
    if counted.code != "km" and is_whole(view, case.number, counted):
        return "the whole of which a part is told"
    if (
        case.same_length is not None
        or case.same_measure is not None
        or listed
        or goes_on_by_measure(case.run, view, counted, layer.layer)
    ):
        return ""
    if counted.code in _SOCIAL and counted.how == "carried" and is_answer(case.run):
        return ""  # «Сколько школ подключено к интернету? – Все 147»
    if "unserved" not in figure.flags and are_dwellers(view, case.number, counted, layer.layer, beside):
        return "how many live there, not people served"
    if are_staff(view, case.number, counted, layer.layer):
        return "who builds or runs it, not people served"
    villages = case.villages or (beside is not None and beside.counted.code == "settlements")
    return refuse(view, case.number, counted, layer, figure.flags, case.run.subject, villages)


def _settle_status(case: Case, figure: Figure) -> str:
    """Qualifier, status and what the figure's own words say of its period; or why it is none after all."""
    run, view, number, counted = case.run, case.view, case.number, case.counted
    status, flags = figure.status, figure.flags
    figure.qualifier, figure.rises = figure_qualifier(view, number, counted)
    mark_total(view, number, case.index, counted, figure.layer, flags, status)
    told = status.code or "actual"
    headed = period_under_head(run, view, told)
    figure.period, figure.period_why = headed if headed[0] else figure_period(view, number, told, run.date)
    code = status_code(run, view, number, counted.code, status, figure.period, flags)
    if rises_from(view, number, case.index, counted):
        if counted.code == "percent" and code == "actual":
            return "the level before a rise"
        code = "actual" if code in ("planned", "target") else code
    figure.status_code = code
    if code != told and not headed[0]:
        figure.period, figure.period_why = figure_period(view, number, code, run.date)
    return ""


def _settle_period(case: Case, figure: Figure) -> None:
    """The period that the figure takes from what was told before, where its own words name none."""
    run, before = case.run, case.before
    if (
        before is not None
        and before.period
        and before.period_why != _BY_DATE
        and before.status_code == figure.status_code
        and figure.period_why in ("", _BY_DATE)
        and (case.linked or case.earlier is None)
    ):
        figure.period, figure.period_why = before.period, f"as in the figure before ({before.period_why})"
    to_come = figure.period is None and figure.status_code in ("planned", "target")
    if to_come and run.date and run.told_year[0] == case.view.sentence.line:
        figure.period, figure.period_why = year_from(run.date, run.told_year[1]), "year of the sentence before"


def _settle_measure(case: Case, figure: Figure) -> None:
    """The flags that tell one measure from another: new or all so far, whose share, of which network, lacking."""
    run, view, number, counted = case.run, case.view, case.number, case.counted
    layer, flags, status, earlier = figure.layer, figure.flags, figure.status, case.earlier
    mark_new_or_stock(view, number, counted, figure.status_code, status, figure.rises, figure.period_why, flags)
    if (
        earlier is not None
        and "total" in earlier.flags
        and number.of_them
        and status.word.startswith(_COVERED)
        and not figure.period_why.startswith(("«", "year"))
        and flags.held.pop("new", "")
    ):
        flags.set("state", "of all of them")  # «310 ауылдың 298-і сумен қамтылды»
    if counted.code == "percent":
        inherit_base(run, view, number, layer, flags, case.linked, earlier)
    elif counted.code == "settlements" and layer.layer == "internet" and layer.how in ("context", "title"):
        inherit_network(run, view, number, flags)
    if layer.layer == "irrigation":
        go_on_with_land(run, view, number, counted, flags, earlier)
    if (
        figure.status_code == "needed"
        and (counted.code == "settlements" or (counted.code == "people" and layer.layer in ("water", "internet")))
        and not view.text(view.end - 30, view.end).rstrip(" .").endswith(_HAS_BEEN)
    ):
        flags.set("unserved", status.word)
    works = counted.code == "hectare" and figure.status_code in ("planned", "underway")
    if works and is_land_of_a_zone(view, counted.end):
        figure.status_code = "actual"
        figure.period, figure.period_why = figure_period(view, number, "actual", run.date)


def _place(case: Case, figure: Figure) -> PlaceFound:
    run, view, counted, flags = case.run, case.view, case.counted, figure.flags
    of_place = case.linked and _LINK_PLACE.opens(view.page.low, view.start)
    layer, mentions = figure.layer.layer, told_of_the_country(view, case.number, case.places.mentions)
    place = figure_place(view, case.number, counted.end, mentions, run.focus, of_place, counted.code, layer)
    last = run.last
    if last is not None and view.sentence.line == run.last_line and _THAT_IS.opens(view.page.low, view.start):
        place = last.place  # «Бұл – 20 мыңдай адам»
    if last is not None and _leaves_noun_and_place_out(case, last):
        place = last.place  # «… в 11 из 42 сёл района. В девяти стоят колонки»
    if "of_rural" in flags and place.mention is not None and place.mention.kind == "city":
        place = PlaceFound(place.regions, None, place.how, "villagers do not live in the town")
    if "of_rural" in flags and place.how == "words" and place.mention and place.mention.kind == "settlement":
        place = PlaceFound(place.regions, None, place.how, "«ауылда» beside «қалада»: villages, not the one before")
    if "of_urban" in flags and place.how == "words" and tells_of_villages_too(view):
        place = PlaceFound(place.regions, None, place.how, "townspeople beside villagers: those of the whole region")
    return place


def _leaves_noun_and_place_out(case: Case, last: Figure) -> bool:
    """Whether the noun is that of the sentence before, and no other place or sum is named."""
    view, counted = case.view, case.counted
    return (
        counted.how == "carried"
        and counted.hit is None
        and counted.code == last.counted.code
        and not view.kazakh
        and view.sentence.line == case.run.last_line
        and not case.places.mentions
        and not view.of("place", *MEANT, "here")
        and not view.of("cue", "sum")
    )


def _go_on_as_told(case: Case, figure: Figure) -> None:
    """Items of a list, parts of a whole and a measure told again say what the figure before them says."""
    run, view, number, counted = case.run, case.view, case.number, case.counted
    layer, earlier, before = figure.layer, case.earlier, case.before
    if case.same_measure is not None:
        figure.indicator = case.same_measure.indicator  # «бұл көрсеткішті 340-қа жеткізу көзделген»
        figure.flags.held.pop("total", None)
    head = run.listed or (run.last if is_breakdown(run, view, number, counted) else None)
    if head is not None and not case.signs and head.counted.code == counted.code and head.layer.layer == layer.layer:
        # «Ақмола облысы – 38 ауыл» under «412 ауылға … Соның ішінде:»
        figure.indicator, figure.status_code = head.indicator, head.status_code
        figure.flags.held.pop("total", None)
        if head.period:
            figure.period, figure.period_why = head.period, "as before the list"
    if earlier is not None and says_as_before(view, number, counted, layer.layer, earlier, case.signs):
        figure.whole = earlier
        figure.indicator, figure.status_code = earlier.indicator, earlier.status_code
        figure.period, figure.period_why = earlier.period, earlier.period_why
        figure.flags.held = dict(earlier.flags.held)
    if (
        not case.signs
        and before is not None
        and before.counted.code == counted.code
        and any(hit.start < number.start for hit in view.of("cue", "subset"))
        and layer.how in ("context", "title")
    ):
        figure.indicator = before.indicator  # «Соның ішінде Ақсуат ауданында – 29»


def _may_be_of_one_zone(case: Case, figure: Figure) -> bool:
    place = figure.place
    return (
        not case.portfolio
        and place.mention is None
        and case.counted.code not in ("zones", "sez", "percent")
        and len(place.regions) <= 1
        and place.regions != ("KZ",)
    )
