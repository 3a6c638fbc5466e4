"""What a figure is once its surroundings are known: a total, new or all so far, whose share, of one zone or of many."""

from __future__ import annotations

from typing import Final

import regex

from geo.model import Period
from geo.reading.indicators import Flags
from geo.reading.layers import LayerFound
from geo.reading.newly import connected_then, in_that_time, to_open
from geo.reading.numbers import Number
from geo.reading.phrases import Sought, phrase
from geo.reading.state import NETWORK_FLAGS, Run
from geo.reading.status import StatusFound, is_of_later_clause
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.vocabulary import YEARS, load_vocabulary
from geo.reading.zones import takes_part

_BOTH: Final = load_vocabulary().forms(
    "auxiliary", "both"
)  # verbs whose present form says under way, and planned where a year is due
_BY_HAND: Final = frozenset(
    ("trucked", "standpipe", "well")
)  # ways of living without a tap, told in the present of a habit
_WAYS: Final = (*_BY_HAND, "central", "module", *NETWORK_FLAGS)
_COMES: Final = ("келеді", "беріледі", "береді", "таратылады")  # the network, by satellite
_PIPED: Final = frozenset(("central", "module"))
_SUPPLIED: Final = load_vocabulary().forms("auxiliary", "supplied")
_REST: Final = ("остальн", "оставш", "қалған")
_BUILT: Final = ("салын", "тұрғыз", "құрыл", "орнат", "іске қос", "пайдалануға бер", "бой көтер")
_RISES: Final = ("арт", "көбей", "өс", "ұлғай", "жет", "көтер", "кеңей")
_WATERED: Final = ("суар", "суғар", "тамшыла", "жаңбырлат")
_BROUGHT: Final = "жеткіз"  # water to villages, every day; a level is brought to what it is to be
_OF_ALL_GAP: Final = 30  # characters between «83 села» and «356»
_OUT_OF: Final = regex.compile(r"\s(?:из|от)\s(?:всех\s|имеющихся\s)?$")
_ITS_VILLAGES: Final = ("ауылы", "мекені", "кенті", "поселкесі")
_REGIONS_OWN: Final = regex.compile(
    r"(?:облыс(?:тың|ының)|өңірдің|аудан(?:ның|ының)|аймақтың|елдің|еліміздің)\s(?:\p{Ll}+\s)?$"
)
_HABIT: Final = ("ады", "еді", "йды", "йді")  # the present of a habit, and a plan elsewhere
_FROM_THEM_BEFORE: Final = regex.compile(r"(?:из|среди|от)\s(?:всех\s|более чем\s|почти\s)?$")
_FROM_THEM_ENDS: Final = ("из", "среди", "от", "всех", "чем", "почти")
_GENITIVE_NOUN: Final = regex.compile(r"(?:[дтн][ыі]ң|ішінен|ішінде)$")
_PARTICIPLES: Final = ("нных", "нными", "нные", "нным")
_IN_YEAR: Final = regex.compile(
    r"(?<!\p{L})в(?:\sпериод)?\s(?:20\d\d|этом|текущем|прошлом|минувшем|нынешнем)|с начала (?:20\d\d\s|текущего\s"
    r"|этого\s)?года|за (?:год|20\d\d|(?:последние\s)?(?:\d+|\p{Ll}+) (?:месяц|лет|года)|прошл|отчетн|истекш|минувш)"
)
_POSSIBLE: Final = phrase("possible", before=r"\s")
_POSSIBLE_BEFORE: Final = phrase("possible", after=r"\s$")
_THERE_ARE: Final = Sought("there_are")
_NEW_ONES: Final = phrase("new_ones")
_ALL_OF_THEM: Final = regex.compile(r"\s(?:бәрі|барлығы|түгел|толық|барша)")
_SHARE_SIGN: Final = regex.compile(r"\s?(?:%|пайыз|процент)")
_AS_SHARE: Final = regex.compile(
    r"(?:[,(–—]\s?|\s)(?:или|то есть|это|что составляет|бұл|яғни|немесе)\s(?:[–—-]\s)?(?:\p{Ll}+\s){0,3}$|\($"
)
_WILL_COST: Final = regex.compile(r"(?<!\p{L})(?:обойдется|обойдутся|потребует(?:ся)?|встанет в|понадобится)(?!\p{L})")
_ESTIMATED: Final = ("оцен", "бағалан")  # what works would cost; a share that is estimated is so
_SOME_OF_THEM: Final = regex.compile(
    r"(?<=[дтн][ыі]ң)\s(?:тек\s|шамамен\s)?(?:әр(?:бір)?\s\p{Ll}+|жартысы|жартысын|көбі(?:н|сі)|көпшіліг|басым|біраз|кейбір|үштен|төрттен|бестен)"
)
_EACH_OF: Final = regex.compile(
    r"(?:кажд\p{Ll}+\s\p{Ll}+|половин\p{Ll}|трет[ьи]|четверт[ьи]|большинств\p{Ll}|больш\p{Ll}+\sчаст\p{Ll}|част[ьи])\sиз\s(?:\p{Ll}+\s)?$"
)
_TALKS: Final = regex.compile(r"(?<!\p{L})(?:келіссөз|переговор)")  # «тағы төртеуімен келіссөз жүріп жатыр»
_BESIDE_YEAR: Final = 8  # characters
_DASH_AFTER: Final = regex.compile(r"\s[–—-]\s")
_OPENED: Final = phrase("opened")
_AT_WORK: Final = Sought("at_work")


def mark_total(
    view: View, number: Number, index: int, counted: Counted, layer: LayerFound, flags: Flags, status: StatusFound
) -> None:
    """Denominators: «352 ауылдың 232-сі», «из 349 сёл 219», «372 елді мекен болса, оның 199-ы»."""
    if counted.code != "settlements":
        return
    following = view.numbers[index + 1] if index + 1 < len(view.numbers) else None
    noun = view.text(counted.hit.start, counted.hit.word_end) if counted.hit and counted.how == "after" else ""
    if (
        following
        and noun
        and _GENITIVE_NOUN.search(noun)
        and following.start - counted.end < 30
        and (following.of_them or view.kazakh)
    ) and (
        following.of_them
        or "%" in view.text(following.end, following.end + 2)
        or "пайыз" in view.text(following.end, following.end + 9)
        or "процент" in view.text(following.end, following.end + 9)
    ):
        if _ALL_OF_THEM.match(view.page.low, counted.end) is None:  # «59 ауылдың бәрі қамтылған, екеуіне су тасылады»
            flags.set("total", noun)
        return
    if noun and _SOME_OF_THEM.match(view.page.low, counted.end):
        flags.set("total", noun)  # «74 ауылдың әрбір үшіншісінде интернет жоқ»
        return
    before = view.text(max(view.start, number.start - 40), number.start)
    if " из " in before and _EACH_OF.search(before):
        flags.set("total", "из")  # «в каждом третьем из 74 сёл»
        return
    before = "" if view.kazakh else view.text(max(view.start, number.start - 16), number.start)
    if before.rstrip().endswith(_FROM_THEM_ENDS) and _FROM_THEM_BEFORE.search(before):
        others = [n for n in view.numbers if n is not number and not n.odd]
        if others:
            flags.set("total", "из")
            return
    if (
        not status.code
        and counted.how in ("after", "before")
        and layer.how in ("context", "title")
        and not view.of("cue", "subset", "more", "unserved")
        and flags.held.keys().isdisjoint(_WAYS)
    ):
        flags.set("total", "a sentence without a verb")
        return
    bare = not status.code and counted.how == "after" and "unserved" not in flags
    if bare and layer.how == "sentence" and following is not None:
        flags.set("total", "a clause without a verb, before its part")  # «В области 231 село, водопровод есть в 214»
        return
    clause = view.clause_text(number.start)
    row = not status.code and counted.how == "before" and "unserved" not in flags
    if (
        row
        and following is not None
        and flags.held.keys().isdisjoint(_WAYS)
        and any(number.end <= hit.start < following.start for hit in view.of("cue", "subset"))
    ):
        flags.set("total", "a row before its parts")  # «Сёл – 39, из них с водопроводом – 21»
        return
    part = counted.how == "carried" and (  # «16 ауыл болса, 13-інде құбыр бар», «подключено всего 12»
        number.of_them or view.text(max(view.start, number.start - 6), number.start) == "всего "
    )
    if (
        layer.how != "clause"
        and not part
        and _THERE_ARE.told(view, clause)
        and not any(sign in flags for sign in ("unserved", "module", "well", "standpipe", "trucked", "more"))
    ):
        later = (
            any(hit.start > counted.end for hit in view.of("cue", "subset"))
            or "болса" in clause
            or (following is not None and following.of_them)
            or "насчитыв" in clause
            or layer.how in ("context", "title")
        )
        if later and status.code in ("", "actual") and not status.event:
            flags.set("total", "a plain count of settlements")


def status_code(
    run: Run, view: View, number: Number, unit: str, status: StatusFound, period: Period | None, flags: Flags
) -> str:
    code = status.code
    if not code:
        due = any(year.due and not is_of_later_clause(view, number, year.start) for year in view.years)
        code = "planned" if due else "actual"
        if period and run.date and period.start and period.start.year > run.date.year:
            code = "planned"
    elif code == "actual" and period and run.date and period.start and period.start.year > run.date.year:
        code = "actual" if status.standing else "planned"
    if (
        code == "planned"
        and (
            ("capacity" in flags and unit == "m3day" and not status.word.startswith(_BUILT))
            or not _BY_HAND.isdisjoint(flags.held)
            or ("satellite" in flags and status.word in _COMES and not view.of("time", *YEARS))
            or (status.word in _SUPPLIED and not _PIPED.isdisjoint(flags.held))
        )
        and (not status.word.startswith(_RISES) or (status.word.startswith(_BROUGHT) and unit == "settlements"))
        and status.word.endswith(_HABIT)
        and not (period and run.date and period.start and period.start.year > run.date.year)
        and not any(year.due for year in view.years)
    ):
        code = "actual"  # «тәулігіне мың текше метр су береді»
    if (
        unit in ("hectare", "percent")
        and code == "planned"
        and status.word.startswith(_WATERED)
        and status.word.endswith(_HABIT)
        and "more" not in flags
        and not (period and run.date and period.start and period.start.year > run.date.year)
        and not any(year.due for year in view.years)
    ):
        code = "actual"  # «5 200 гектар жер тамшылатып суарылады»
    if (
        status.word == "қамтиды"
        and code == "planned"
        and not view.of("unit", "projects")
        and not view.of("cue", "portfolio")
    ):
        code = "actual"  # «3G желісі 287 ауылды қамтиды»
    if unit == "money" and code in ("actual", "underway") and _WILL_COST.search(view.clause_text(number.start)):
        code = "planned"
    if status.word.startswith(_ESTIMATED):
        code = "actual" if unit != "money" else "needed" if view.of("status", "needed") else code
    if code in ("planned", "target") and _was_then(view, number, status):
        code = "actual"
    if code == "underway" and status.word in _BOTH and run.date and _due_later(view, run.date.year):
        code = "planned"  # «до 2028 года реализуют три проекта»
    if code == "underway" and unit == "hectare":
        code = "actual"  # the works go on, the area is there
    if code in ("actual", "underway") and unit in ("participants", "projects", "plants") and _is_possible(view, number):
        code = "planned"  # «әлеуетті 9 инвестор»
    if "unserved" in flags and code in ("planned", "target", "needed") and status.negated:
        code = "actual"
    return code


def _was_then(view: View, number: Number, status: StatusFound) -> bool:
    """«былтыр – 15, биыл 20 ауылға тартылады»: a year gone by before the number, whose clause has no verb."""
    gone = any(
        0 < number.start - hit.word_end < _BESIDE_YEAR and view.border(hit.start, number.start) < 0.9
        for hit in view.of("time", "year-1", "year-2")
    )
    return gone and status.word not in view.text(*view.clause(number.start))


def _is_possible(view: View, number: Number) -> bool:
    return (
        _POSSIBLE_BEFORE.search(view.text(max(view.start, number.start - 24), number.start)) is not None
        or _POSSIBLE.match(view.text(number.end, min(view.end, number.end + 24))) is not None
        or _TALKS.search(view.clause_text(number.start)) is not None
    )


def _due_later(view: View, year: int) -> bool:
    return any(found.due and found.last > year for found in view.years)


def mark_new_or_stock(
    view: View,
    number: Number,
    counted: Counted,
    code: str,
    status: StatusFound,
    rises: bool,
    why: str,
    flags: Flags,
) -> None:
    """Whether settlements are those connected within a period, or all that are connected."""
    if counted.code in ("zones", "sez"):
        around = view.text(max(view.start, counted.end - 40), counted.end)
        if _NEW_ONES.search(around):
            flags.set("new_ones", "new")
        elif code == "actual" and status.event and _OPENED.match(status.word) and _in_a_year(view, number):
            flags.set("new_ones", status.word)  # «соның үшеуі биыл ашылды»
        elif code in ("planned", "target") and counted.how != "before" and not rises and to_open(view, number):
            flags.set("new_ones", "to be opened")
        return
    if counted.code == "settlements" and any(
        hit.start < counted.end + 12 and abs(hit.start - number.start) < 30 for hit in view.of("cue", "all")
    ):
        flags.set("state", "all of them")
        return
    if counted.code == "settlements" and code == "actual" and "unserved" not in flags:
        dashed = _DASH_AFTER.match(view.page.low, number.end + len(number.tail))
        if dashed and any(hit.start == dashed.end() for hit in view.of("time", "year+0", "year-1")):
            flags.set("new", "those of a year")  # «соның ішінде он алтысы – биыл»
            return
    if counted.code == "plants" and takes_part(view, number, counted):
        flags.set("registered", "takes part in the zone")
        return
    if counted.code == "people" and _AT_WORK.told(view, view.clause_text(number.start)):
        flags.set("work", "people at work")
        return
    if "irrigated" in flags and (code != "actual" or status.event or "more" in flags or _are_new(view, counted)):
        flags.set("new", status.word)  # «180 мың гектар суармалы жер бар» tells of all there is
    if counted.code != "settlements":
        return
    if counted.how == "before" or rises:
        flags.set("state", "a level reached")
        return
    if code == "actual" and (then := connected_then(view, number, counted)):
        flags.set("new", then)
        return
    if code == "actual" and (_is_part_of_all(view, number, counted) or _is_told_as_share(view, number)):
        flags.set("state", "of all of them")
        return
    if code == "actual" and _is_of_whole_region(view, number, counted):
        flags.set("state", "so many of the region's")
        return
    if code == "actual" and status.event and "more" not in flags and _is_before_share(view, number):
        flags.set("state", "so many, and the share of all")
        return
    if code in ("planned", "target", "underway"):
        flags.set("new", "to be connected")
    elif (
        code == "actual"
        and (status.event or status.code == "planned")
        and "unserved" not in flags
        and (not status.word.endswith(_PARTICIPLES) or _in_a_year(view, number))  # «среди охваченных 322 сёл»
    ):
        flags.set("new", status.word)  # planned, but for its own year gone by: «былтыр – 15, биыл 20 ауылға тартылады»
    elif code == "actual" and "more" in flags and not flags.held["more"].startswith(_REST):
        flags.set("new", flags.held["more"])  # «остальные 248 сёл доступ имеют»: they have it, no new ones
    elif code == "actual" and "unserved" not in flags and (then := in_that_time(view, number, status)):
        flags.set("new", then)  # «за этот же период газифицировано 16 сёл»
    elif (
        code == "actual"
        and _IN_YEAR.search(view.clause_text(number.start))
        and status.code == "actual"
        and not view.kazakh
        and "unserved" not in flags
        and status.word.endswith(("ны", "но", "ен", "ан"))
    ):
        flags.set("new", why)
    else:
        flags.set("state", status.word)


def _are_new(view: View, counted: Counted) -> bool:
    """«1,8 тыс. гектаров новых орошаемых земель»."""
    return any(0 <= hit.start - counted.end < _BESIDE_YEAR for hit in view.of("cue", "more"))


def _is_part_of_all(view: View, number: Number, counted: Counted) -> bool:
    """«Газ пришёл в 83 села из 356»: so many of all are told as a stock, unless a year is named for them."""
    later = next((other for other in view.numbers if other.start > number.start and not other.odd), None)
    if view.kazakh or later is None or later.value <= number.value:
        return False
    between = view.text(number.end, later.start)
    whole = _OUT_OF.search(between) is not None and later.start - max(counted.end, number.end) < _OF_ALL_GAP
    return (
        whole
        and "more" not in (c.term.code for c in view.of("cue"))
        and not (_in_a_year(view, number) or _IN_YEAR.search(view.clause_text(number.start)))
    )


def _is_of_whole_region(view: View, number: Number, counted: Counted) -> bool:
    """«Облыстың 232 елді мекені қосылды»: so many of those that the region has, where no time is told."""
    hit = counted.hit
    return (
        view.kazakh
        and hit is not None
        and counted.how == "after"
        and view.text(hit.start, hit.word_end).endswith(_ITS_VILLAGES)
        and _REGIONS_OWN.search(view.text(max(view.start, number.start - 24), number.start)) is not None
        and not view.years
        and not view.of("time")
        and not view.of("cue", "more")
    )


def _is_told_as_share(view: View, number: Number) -> bool:
    """«Сумен 254 ауыл қамтылды, бұл – 83,5 пайыз»: a part of all of them, unless a year is named for it."""
    share = next((other for other in view.numbers if other.start > number.start and not other.odd), None)
    return (
        share is not None
        and share.value <= 100
        and _SHARE_SIGN.match(view.page.low, share.end) is not None
        and _AS_SHARE.search(view.text(number.end, share.start)) is not None
        and not (_in_a_year(view, number) or _IN_YEAR.search(view.text(*view.clause(number.start))))
    )


def _is_before_share(view: View, number: Number) -> bool:
    """«Өңірде 88 ауыл газдандырылып, халықтың 64 пайызы қамтылды»: a count and a share of the whole, and no time."""
    if view.years or view.of("time", *YEARS):
        return False
    share = next((other for other in view.numbers if other.start > number.start and not other.odd), None)
    return share is not None and share.value <= 100 and _SHARE_SIGN.match(view.page.low, share.end) is not None


def _in_a_year(view: View, number: Number) -> bool:
    return any(True for _ in view.near(number, "time", "year+0", "year-1", within=1.2))


def inherit_network(run: Run, view: View, number: Number, flags: Flags) -> None:
    """A count of villages without a network of its own takes that of the figure before."""
    last = run.last
    if last is None or last.layer.layer != "internet" or "unserved" in flags or "total" in flags:
        return
    own = NETWORK_FLAGS
    if (
        not own & set(flags.held)
        and "more" not in flags
        and not any(hit.start < number.start for hit in view.of("cue", "sum"))
    ):
        for name in sorted(own & set(last.flags.held)):
            flags.set(name, "as in the figure before")
