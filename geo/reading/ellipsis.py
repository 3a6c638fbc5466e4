"""Nouns that a number leaves out: «158 из 284 сёл», «оның 24-і», «рабочих мест создано 2 150», «98, … 97,1 пайызы»."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.lists import is_of_year
from geo.reading.numbers import AS_MANY, Number
from geo.reading.phrases import phrase
from geo.reading.state import Run
from geo.reading.units import Counted, counted_noun
from geo.reading.view import View

_OF_THEM_RU: Final = regex.compile(r"\s(?:из)\s(?:них|этих|которых)?\s?")
_GENITIVE_NOUN: Final = regex.compile(r"(?:[дтн][ыі]ң|ішінен|ішінде)$")
_COLLECTIVE: Final = regex.compile(r"-?(?:[еау]у)[іы]")
_THEM: Final = ("них", "которых")
_LISTED: Final = ("settlements", "schools", "projects", "households", "people", "masts", "health")
_LEAST_SUM: Final = 1e6
_LEAST_BARE: Final = 1e7  # a smaller sum without its currency may count people
_DASH_BEFORE: Final = regex.compile(
    r"(?:\s[–—-](?:\s(?:уже|теперь|лишь|только|почти|около|более|больше))?|,(?: а)? (?:теперь|сейчас|ныне|уже))\s$"
)
_PLURAL_GENITIVE: Final = (
    "лардың",
    "лердің",
    "дардың",
    "дердің",
    "тардың",
    "тердің",
    "ларының",
    "лерінің",
    "дарының",
    "дерінің",
    "тарының",
    "терінің",
)
_TO: Final = regex.compile(r"[кқғг][ае]$")
_COMES: Final = regex.compile(r"\s(?:дейін\s)?(?:жет|көтер|апар)")
_VERBS: Final = ("stem", "status")
_ITEM_DASH: Final = regex.compile(r"(?:[–—-]\s(?:на\s|еще\s|тағы\s)?|\sтаких\s)$")  # «в Аягозе таких 80»
_STILL_BEFORE: Final = regex.compile(r"(?:еще|тағы)\s$")
_OF_THEM_BEFORE: Final = regex.compile(r"из (?:них|которых)\s$")
_OUT_OF: Final = regex.compile(r"(?:^|\s)из\s(?:\p{Ll}+\s){0,3}$")  # «из общей протяжённости в 318 км»
# «водопровод есть в 40», «в девяти стоят модули», «в области их шесть»: villages, schools or zones just told of
_AMONG_THEM: Final = regex.compile(
    r"(?:^|\s)(?:во?|(?P<zones>(?:их|таких)(?:\s(?:число|количество|площадок|парков))?(?:\s(?:в|по)\s[\p{L}-]+(?:\sобласти|\sрайоне)?)?(?:\s(?:станет|будет|было|стало|насчитывается"
    r"|осталось|останется|вырастет до|увеличится до|выросло до|достигнет|достигло|планируют довести до|доведут до))?))"
    r"\s(?:лишь |только |уже |еще |всего |около |более |порядка )?$"
)
_ANOTHER_NOUN: Final = regex.compile(r"\s(?:\p{Ll}+[ыи]х\s)?\p{Ll}+[ая]х(?!\p{L})")  # «в 15 случаях»
_SERVED: Final = ("module", "standpipe", "well", "trucked", "central", "fibre", "mobile", "3g", "4g", "5g", "unserved")
_SUPPLIED_BEFORE: Final = phrase("supplied", language="ru", after=r"\s(?:еще )?$")
_LONE_ADJECTIVE: Final = regex.compile(r"\s\p{Ll}{4,}(?:ых|их)(?=[.,;)»]|$)")
_FEW_WORDS: Final = regex.compile(r"[^\d,.;]{0,11}|(?:\p{Ll}+[ыи]х\s){1,2}")  # «14 из запланированных 32 км»
_ABOUT: Final = regex.compile(r"\s(?:(?:почти|около|более|свыше|примерно|лишь|только|всего|порядка|пока)\s)?")
_GOES_ON: Final = ("projects", "plants", "settlements", "schools", "masts", "participants", "zones")
_OPENING: Final = regex.compile(r"[\p{L}\d]")
_SOON: Final = regex.compile(r"\s(?:(?:уже|пока|сейчас|еще)\s)?")
_SUCH_ONES: Final = phrase("such_ones", after=r"[^,;:.\d]*$")
_ONLY_SO_MANY: Final = regex.compile(
    r"\s(?:(?:только|лишь|пока|уже|всего|всего лишь|пока что|сегодня|сейчас|удалось|смогли|успели|к)\s){0,3}"
)
_ONLY_REACH: Final = 24  # characters
_SUCH_REACH: Final = 40  # characters
_OWN_CLAUSE: Final = 0.9  # clause borders
# What may follow a number that leaves its noun out.
BARE_AFTER: Final = phrase("bare", before=r"(?:\sғана)?\s?(?:[.,;:)»!?–—-]|$|\n|\s?", after=")")


def noun_of_number(
    run: Run,
    view: View,
    number: Number,
    index: int,
    limit: int,
    previous: Counted | None,
    previous_any: Counted | None,
    linked: bool,
) -> Counted | None:
    """The noun of a number; «қалған үшеуі» has none of its own, so what stands farther off is not it."""
    to_come = _percent_to_come(view, number, index)
    if to_come is not None or not number.of_them:
        return to_come or counted_noun(view, number, limit)
    carried = carried_noun(run, view, number, index, previous, previous_any, linked)
    if carried is not None and not _COLLECTIVE.match(number.tail):
        return carried
    own = counted_noun(view, number, limit)  # «жетеуі аулы»
    return own if own is not None and own.steps == 0 and own.code != "none" else carried


def starts_a_rise(view: View, number: Number, index: int) -> bool:
    """«с 88 до 94 процентов»: the level before, whose unit stands with the level after."""
    following = view.numbers[index + 1] if index + 1 < len(view.numbers) else None
    return (
        following is not None
        and view.text(number.end, following.start) == " до "
        and view.text(max(view.start, number.start - 3), number.start) == " с "
    )


def money_left_out(view: View, number: Number, counted: Counted | None, previous_any: Counted | None) -> Counted | None:
    """«Инвестиции составят 90 миллиардов», «в 2026-м – 3,1 млрд»: a sum that leaves its currency out."""
    own = counted is not None and counted.how in ("after", "percent sign")
    if own or not number.scaled or number.value < _LEAST_BARE:
        return None
    after = number.end + len(number.tail)
    comes = view.kazakh and any(
        hit.start == after + 1 for kind in _VERBS for hit in view.of(kind)
    )  # «… миллиардқа жетті»
    if after < view.end and not comes and not BARE_AFTER.match(view.page.low, after):
        return None
    if previous_any is not None and previous_any.code == "money":
        return Counted("money", previous_any.hit, "carried", after)
    if any(view.border(number.start, hit.start) < 0.9 for hit in view.of("cue", "investment")):
        return Counted("money", None, "carried", after)
    return None


def share_left_out(view: View, number: Number, previous_any: Counted | None) -> Counted | None:
    """«В сёлах водой обеспечены 97 процентов, а в городах – 98»: the second share leaves its sign out."""
    after = number.end + len(number.tail)
    if previous_any is None or previous_any.code != "percent" or number.scaled or number.value > 100:
        return None
    if _TO.search(number.tail) and _COMES.match(view.page.low, after):
        return Counted("percent", previous_any.hit, "carried", after)  # «78 пайыздан асты, енді 80-ге жетеміз»
    if view.page.low[after : after + 1] not in (".", ";", ",", "", "\n") or not _DASH_BEFORE.search(
        view.text(max(view.start, number.start - 16), number.start)
    ):
        return None
    if any(hit.word_end + 3 == number.start for hit in view.of("cue", "number_of")):
        return None  # «үлесі – 9,1 %; ауылдар саны – 2»
    return Counted("percent", previous_any.hit, "carried", after)


def _percent_to_come(view: View, number: Number, index: int) -> Counted | None:
    """«қала тұрғындарының 98, ауыл тұрғындарының 97,1 пайызы»: the sign stands with the last of a list."""
    after = number.end + len(number.tail)
    if (
        index + 1 >= len(view.numbers)
        or view.page.low[after : after + 2] != ", "
        or number.scaled
        or number.value > 100
    ):
        return None
    if not _GENITIVE_NOUN.search(view.text(max(view.start, number.start - 14), number.start).rstrip()):
        return None
    limit = view.numbers[index + 2].start if index + 2 < len(view.numbers) else view.end
    noun = counted_noun(view, view.numbers[index + 1], limit)
    return Counted("percent", None, "carried", after) if noun and noun.code == "percent" else None


def _noun_to_come(view: View, number: Number, index: int, after: int) -> Counted | None:
    """«Ақмолада 22, Қостанайда 17 ауыл»: the noun stands with the last of a list that has no verb in between."""
    if view.page.low[after : after + 2] != ", ":
        return None
    for position in range(index + 1, min(index + 7, len(view.numbers))):
        other = view.numbers[position]
        if any(number.end < hit.start < other.start for kind in _VERBS for hit in view.of(kind)):
            return None
        limit = view.numbers[position + 1].start if position + 1 < len(view.numbers) else view.end
        noun = counted_noun(view, other, limit)
        if noun is not None:
            return Counted(noun.code, noun.hit, "carried", after) if noun.code in _LISTED else None
    return None


def _whole_before(view: View, number: Number) -> Counted | None:
    """«Құбырлардың тоғызы», «ауылдардың 12-сі»: the noun in the genitive right before the part of it."""
    if not number.of_them:
        return None
    for hit in view.units_at.values():
        if (
            hit.word_end == number.start - 1
            and hit.term.code not in ("percent", "money", "hectare", "km", "m3day", "none")
            and view.text(hit.start, hit.word_end).endswith(_PLURAL_GENITIVE)
        ):
            return Counted(hit.term.code, hit, "carried", number.end + len(number.tail))
    return None


def _is_among_them(run: Run, view: View, number: Number, after: int) -> bool:
    """Whether the number is told of the villages, schools or zones just counted: «водопровод работает в 402»."""
    if run.last_noun == "settlements" and _SUPPLIED_BEFORE.search(
        view.text(max(view.start, number.start - 30), number.start)
    ):
        return True  # «Газом обеспечены 300 сёл. В прошлом году подключили 18, в этом – 22»
    found = _AMONG_THEM.search(view.text(max(view.start, number.start - 40), number.start))
    if found is None or _ANOTHER_NOUN.match(view.page.low, after):
        return False
    if found["zones"]:
        return run.last_noun in ("zones", "sez", "settlements", "")
    served = [*view.of("layer"), *view.of("cue", *_SERVED)]
    return run.last_noun in ("settlements", "schools") and any(
        view.border(number.start, hit.start) < _OWN_CLAUSE for hit in served
    )


def _is_of_such(view: View, number: Number) -> bool:
    """«Год назад подключённых было 219», «қосылғаны – 219»: villages or schools just told of, by what was done."""
    return _SUCH_ONES.search(view.text(max(view.start, number.start - _SUCH_REACH), number.start)) is not None


def _is_part(view: View, number: Number, index: int) -> bool:
    """«Из 90 километров труб, обещанных весной, уложены 62»: the part ends its clause, right after its verb.

    «520 км сетей, из них 310 отслужили срок»: or "of them" stands right before it.
    """
    before = view.numbers[index - 1] if index else None
    if before is None or number.value >= before.value:
        return False
    after = number.end + len(number.tail)
    if _OF_THEM_BEFORE.search(view.text(max(view.start, number.start - 14), number.start)):
        return True
    return (
        before is not None
        and (
            _OUT_OF.search(view.text(max(view.start, before.start - 40), before.start)) is not None
            or any(before.end < hit.start < number.start for hit in view.of("cue", "subset"))
        )
        and view.page.low[after : after + 1] in (".", ",", ";", "")
        and any(_ABOUT.fullmatch(view.page.low, hit.word_end, number.start) for kind in _VERBS for hit in view.of(kind))
    )


def _is_owned(view: View, number: Number, index: int) -> bool:
    """«520 шақырым су желісінің 310-ы тозған»: a part of the length before, whose noun owns it."""
    before = view.text(view.numbers[index - 1].end, number.start) if index else ""
    return "," not in before and _GENITIVE_NOUN.search(before.rstrip()) is not None


def carried_noun(
    run: Run,
    view: View,
    number: Number,
    index: int,
    previous: Counted | None,
    previous_any: Counted | None,
    linked: bool,
) -> Counted | None:
    """The noun a number leaves out: «158 из 284 сёл», «оның 24-і», «водой – 291»."""
    low = view.page.low
    after = number.end + len(number.tail)
    out_of = _OF_THEM_RU.match(low, after, view.end)
    if (
        out_of
        and index + 1 < len(view.numbers)
        and _FEW_WORDS.fullmatch(low, out_of.end(), view.numbers[index + 1].start)
    ):
        limit = view.numbers[index + 2].start if index + 2 < len(view.numbers) else view.end
        noun = counted_noun(view, view.numbers[index + 1], limit)
        if noun and noun.code == "none":
            return noun  # «12 из 14 районных котельных»
        if noun and noun.code not in ("percent", "money"):
            return Counted(noun.code, noun.hit, "carried", after)
    these = view.units_at.get(out_of.end()) if out_of and out_of.group().endswith("этих ") else None
    if these is not None and these.term.code not in ("percent", "money", "none"):
        return Counted(these.term.code, None, "carried", after)  # «пять из этих сёл»
    lone = _LONE_ADJECTIVE.match(low, after, view.end) if not view.kazakh else None
    if lone is not None:
        after = lone.end()  # «не подключены всего шесть отдалённых»
    ends = low[after : after + 1] in (".", "", "\n", ";")
    dashed = index and _ITEM_DASH.search(view.text(max(view.start, number.start - 7), number.start)) is not None
    listed = dashed and (ends or low[after : after + 2] == ", ")
    if (
        previous_any is not None
        and previous_any.code in ("hectare", "km")
        and (
            listed
            or _is_part(view, number, index)
            or (number.of_them and (view.of("cue", "subset") or _is_owned(view, number, index)))
        )
    ):
        return Counted(previous_any.code, previous_any.hit, "carried", after)
    if (
        previous is None
        and previous_any is not None
        and previous_any.code in ("hectare", "km")
        and out_of is not None
        and out_of.group().rstrip().endswith(_THEM)
    ):
        return Counted(previous_any.code, previous_any.hit, "carried", after)  # «трасса – 84 км, 30 из них готовы»
    if (
        previous_any is not None
        and previous_any.code == "km"
        and _STILL_BEFORE.search(view.text(max(view.start, number.start - 6), number.start))
        and any(hit.start == after + 1 for kind in _VERBS for hit in view.of(kind))
    ):
        return Counted("km", previous_any.hit, "carried", after)  # «заменено 41 км труб, ещё 26 заменят»
    if previous_any is not None and previous_any.code == "m3day" and number.scaled and BARE_AFTER.match(low, after):
        return Counted("m3day", previous_any.hit, "carried", after)  # «беріледі 32 мың, ал қажеттілік – 45 мың»
    if previous_any is not None and previous_any.code != "none" and view.text(number.start, number.end) in AS_MANY:
        return Counted(previous_any.code, previous_any.hit, "carried", after)
    part = any(
        hit.start < number.start and view.border(hit.start, number.start) < 0.9 for hit in view.of("cue", "subset")
    )
    if (
        number.scaled
        and part
        and number.value >= _LEAST_SUM
        and previous_any is not None
        and previous_any.code == "money"
    ):
        return Counted("money", previous_any.hit, "carried", after)  # «74 млрд тенге, из них 44,9 млрд – в этом году»
    verb_before = ends and any(
        hit.word_end < number.start <= hit.word_end + _ONLY_REACH
        and _ONLY_SO_MANY.fullmatch(low, hit.word_end, number.start)
        for hit in view.of("stem")
    )
    verb_next = any(hit.start == after + 1 for kind in _VERBS for hit in view.of(kind))
    if (
        not view.kazakh
        and run.last_noun in _GOES_ON
        and run.last is not None
        and view.sentence.line == run.last_line
        and not _OPENING.search(view.text(view.start, number.start))
        and any(
            _SOON.fullmatch(low, after, hit.start) for kind in _VERBS for hit in view.of(kind) if hit.start < after + 12
        )
    ):
        return Counted(run.last_noun, None, "carried", after)  # «45 производств … Семь уже введены в строй»
    if (
        previous_any is None
        and verb_before
        and run.last is not None
        and run.last.counted.code == "km"
        and view.sentence.line == run.last_line
    ):
        return Counted("km", None, "carried", after)  # «1 400 км нуждаются в замене. В этом году заменят 110»
    if (
        previous_any is None
        and run.last is not None
        and run.last.counted.code not in ("percent", "none", "money")
        and view.sentence.line == run.last_line
        and (ends or low[after] in ",)")
        and is_of_year(view, number)
    ):
        return Counted(run.last.counted.code, None, "carried", after)  # «Оптику получат 94 села. В этом году – 40»
    lies_there = any(hit.start == after + 1 for hit in view.of("phrase", "lies_there")) and any(
        cue.start < number.start for cue in view.of("cue", "subset")
    )  # «из них девять расположены в Абайском районе»
    if number.of_them or verb_next or lies_there or BARE_AFTER.match(low, after) or out_of:
        counts_on = number.of_them and any(
            other.of_them for other in view.numbers[max(index - 1, 0) : index + 2] if other is not number
        )  # «екеуі ұңғымадан, біреуі …»
        if number.article and not out_of and not counts_on:
            return None
        whole = _whole_before(view, number)
        if whole is not None:
            return whole
        if previous and previous.code not in ("percent", "none", "money"):
            return Counted(previous.code, previous.hit, "carried", after)
        shared = _noun_to_come(view, number, index, after)
        if shared is not None:
            return shared
        subset = any(hit.start < number.start for hit in view.of("cue", "subset", "more", "sum"))
        near = run.last is not None and view.sentence.line - run.last_line <= 1
        subset = subset or (out_of is not None and out_of.group().rstrip().endswith(_THEM))  # «до 38 из них доведена»
        among = _is_of_such(view, number) or (not view.kazakh and _is_among_them(run, view, number, after))
        if (
            near
            and (number.of_them or linked or subset or among or (ends and (view.of("layer") or verb_before)))
            and run.last_noun
        ):
            return Counted(run.last_noun, None, "carried", after)
        if among and not run.last_noun:
            told = [
                hit for hit in view.of("unit", "settlements", "zones", "sez", "schools") if hit.start < number.start
            ]
            return (
                Counted(told[-1].term.code, None, "carried", after) if told else None
            )  # «первое село …, сегодня их девять»
    return None
