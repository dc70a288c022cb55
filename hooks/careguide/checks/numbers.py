"""Numbers that cannot be, or that disagree: ranges, shares, times, units, doses of a medicine.

What cannot be told for sure is a notice: two doses of one medicine may both be right.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, filterfalse

from careguide.checks.dates import is_a_day
from careguide.checks.number_words import number_words
from careguide.checks.sentences import ReaderText, prose
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.guide.services import CALLS
from careguide.source import markup
from careguide.source.problems import Problem, nearest, one_of, quoted

_LOOK = "Look at the source, and write its numbers."
_AGREE = "If both are meant, nothing is wrong; otherwise make them agree."
_NO_UNIT_WORD = (
    "every each daily weekdays? weekends? jobs? diet rule shift and but for from with when then most all"
)
_WHOLES = r"(?:people|adults|children|women|men|patients|cases|times|users|babies)"


@cache
def _range(count: str, letters: str) -> re.Pattern[str]:
    """Finds two numbers that make a range; `count` finds a number, and a unit is of such `letters`."""
    unit = rf"(?:(?!(?:{_NO_UNIT_WORD.replace(' ', '|')})\b){letters}{{3,}}|mg|ml|kg|cm|mm|km|g|m|%|°C|°F)"
    return re.compile(
        rf"(?<![\d.,/:-])\b(?P<least>{count}) ?(?:to|–|-|a|bis) ?(?P<most>{count})"
        rf" ?(?P<unit>(?<= ){unit}|%|°C|°F)(?!\w)"
        r"(?! (?:before|ago|earlier|antes|vorher))"
        rf"|\b(?i:between|entre|zwischen) (?P<first>{count}) (?:and|y|und) (?P<last>{count})"
        rf" ?(?P<of>(?<= ){unit}|%|°C|°F)(?!\w)"
    )


@cache
def _share(count: str) -> re.Pattern[str]:
    """Finds a part of a whole, where `count` finds a number."""
    return re.compile(
        rf"(?<![\d.,/-])(?P<part>{count}) (?:out of|of|in) (?:every )?(?P<whole>{count}) {_WHOLES}\b"
        r"|(?<!by )(?<![\d.,-])(?P<percent>\d{3,}) ?(?:%|per ?cent)"
        r" (?:of|chance|risk|likely|certain|sure|effective|safe)\b"
    )


_AT_MOST = re.compile(
    r"(?<![\d.,/-])(?P<said>\d+) (?P<unit>[a-z]{3,}),? (?:and |but )?(?:never|not|no) more than (?P<most>\d+)"
    r"(?= (?P=unit)|[.,;]|$)(?![.,]\d)"
)
_NO_UNIT = re.compile(r"[\d\s.,–-]+(?:(?:to|a|bis|de) ?[\d\s.,–-]+)*")


def amounts_count_something(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """An amount that is kept once must say what it counts."""
    for text in texts:
        if text.field == "amount" and _NO_UNIT.fullmatch(text.plain):
            message = f"an amount must have its unit, not {quoted(text.plain)}"
            yield text.problem(message, "Add what is counted: seconds, minutes, times, tablets.")


def ranges_go_up(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """Of two numbers that make a range, the smaller stands first; and no part is more than its whole."""
    words = number_words(guide.words)
    letters = r"[^\W\d_]" if guide.site.locale.base == "de" else "[a-z]"  # where nouns have capitals
    for text in texts:
        for found in _range(words.count, letters).finditer(text.plain):
            least, most = found["least"] or found["first"], found["most"] or found["last"]
            years = len(least) == 4 and len(most) == 2  # 2019–20
            if words.value(least) >= words.value(most) and not (
                years or _FALLS.search(text.plain[: found.start()])
            ):
                message = f"a range must start with its smaller number, not {quoted(found.group())}"
                tip = f"Write '{most} to {least} {found['unit'] or found['of']}', if that is meant."
                yield text.problem_at(found.group(), message, tip)
        for found in _AT_MOST.finditer(text.plain):
            if int(found["most"]) < int(found["said"]):
                message = f"the most must not be less than what is said before it: {quoted(found.group())}"
                yield text.problem_at(found.group(), message, _LOOK)
        for found in _share(words.count).finditer(text.plain):
            if found["percent"]:
                more = int(found["percent"]) > 100
            else:
                more = words.value(found["part"]) > words.value(found["whole"])
            if more:
                message = f"a part must not be more than its whole, but this says {quoted(found.group())}"
                yield text.problem_at(found.group(), message, _LOOK)


_FALLS = re.compile(r"\b(?:fell|falls?|drop\w*|lower\w*|reduc\w*|shrink\w*|shrank|cut|decreas\w*|down)\b")
"""What is said of a number that becomes smaller."""
_MOST_OF = {"hour day": 24, "day week": 7, "minute hour": 60, "week year": 53, "month year": 12}
"""How many of a unit there are in another."""
_EACH = re.compile(
    r"(?<![\d.,/-])(?P<count>\d+) (?P<unit>minute|hour|day|week|month)s?"
    r" (?:a|an|per|each|every) (?P<of>hour|day|week|year)\b"
)
_NOTHING = re.compile(
    r"(?<![\w.,:/-])(?:0|[-−][1-9]\d*)"
    r" (?:seconds?|minutes?|hours?|days?|weeks?|months?|tablets?|capsules?|drops?|mg|ml)\b"
)
_CLOCK = re.compile(
    r"(?<![\d:.,/])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap]\.? ?m\b)"
    r"|(?<![\d:.,/])(?P<of24>\d{1,2}):(?P<past>\d\d)(?![:\d])"
)


_DATE = re.compile(rf"\b(?P<day>\d\d?) (?P<month>{'|'.join(calendar.month_name[1:])}) (?P<year>\d{{4}})\b")
_FEVER = re.compile(
    r"\b(?:fever|temperature|fiebre|Fieber)\b[^.\d]{0,25}(?P<degrees>\d{2,3}(?:\.\d)?) ?°? ?(?P<unit>C|F)\b"
)


def times_can_be(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A day has 24 hours, a week seven days; a clock shows no 25:00; a fever is between 30 and 45 °C."""
    for text in texts:
        for found in _EACH.finditer(text.plain):
            most = _MOST_OF.get(f"{found['unit']} {found['of']}")
            if most and int(found["count"]) > most:
                unit = f"{found['unit']}s must be at most {most} in a {found['of']}"
                message = f"{unit}, not {quoted(found.group())}"
                yield text.problem_at(found.group(), message, _LOOK)
        for found in _NOTHING.finditer(text.plain):
            message = f"an amount must be more than nothing, not {quoted(found.group())}"
            yield text.problem_at(found.group(), message, _LOOK)
        for found in filterfalse(is_a_day, _DATE.finditer(text.plain)):
            message = f"a date must be in the calendar, not {quoted(found.group())}"
            yield text.problem_at(found.group(), message, _LOOK)
        for found in _FEVER.finditer(text.plain):
            degrees = float(found["degrees"])
            if not 30 <= ((degrees - 32) / 1.8 if found["unit"] == "F" else degrees) <= 45:
                message = f"nobody has a temperature of {quoted(found.group())}"
                yield text.problem_at(found.group(), message, _LOOK, blocks=False)
        for found in _CLOCK.finditer(text.plain):
            hour, past = int(found["hour"] or found["of24"]), int(found["minute"] or found["past"] or 0)
            if hour > (12 if found["half"] else 24) or past > 59:
                message = f"a time must be one that a clock shows, not {quoted(found.group())}"
                yield text.problem_at(found.group(), message, "Write it as '8am' or as '20:00'.")


_UNITS = "kg lb 2.2046, kg pounds 2.2046, cm inches 0.3937, cm in 0.3937, m feet 3.2808, m ft 3.2808,"
_UNITS += "km miles 0.6214, g oz 0.03527, ml fl oz 0.0338, litres pints 1.76, g mg 1000, litres ml 1000,"
_UNITS += "mg micrograms 1000"
"""Two units, and how many of the second are one of the first."""
_SAME = {(one, other): float(count) for one, other, count in re.findall(r"(\w+) ([a-z ]+) ([\d.]+)", _UNITS)}
_TWICE = re.compile(
    r"(?<![\d.,/-])(?P<first>\d+(?:\.\d+)?) ?(?P<unit>°? ?C|°? ?F|[a-z]+)\b"
    r"(?: ?\(| ?/ ?|, or | or |, that is,? | = )(?:about |around )?"
    r"(?P<second>\d+(?:\.\d+)?) ?(?P<other>°? ?C|°? ?F|fl oz|[a-z]+)\b"
)
_NEAR, _FAR = 0.12, 0.35
"""What is rounded for readers differs by less than the first part; by more than the second nobody rounds."""


def units_agree(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """What is said in two units must be the same: 38 °C is 100.4 °F."""
    for text in texts:
        for found in _TWICE.finditer(text.plain):
            one, other = found["unit"].strip("° "), found["other"].strip("° ")
            first, second = float(found["first"]), float(found["second"])
            if {one, other} == {"C", "F"}:
                celsius, fahrenheit = (first, second) if one == "C" else (second, first)
                right = round(celsius * 9 / 5 + 32, 1)
                wrong, sure = abs(right - fahrenheit) > 0.5, abs(right - fahrenheit) > 1
                same = f"{celsius:g} °C is {right:g} °F"
            elif factor := _factor(one, other):
                right = first * factor
                wrong, sure = abs(right - second) > _NEAR * right, abs(right - second) > _FAR * right
                same = f"{first:g} {one} is {round(right, 1):g} {other}"
            else:
                continue
            if wrong:
                message = f"what is said in two units must be the same, but {same}: {quoted(found.group())}"
                yield text.problem_at(found.group(), message, _LOOK, blocks=sure)


def _factor(one: str, other: str) -> float:
    """How many of the other unit are one of the first; 0 where nobody knows."""
    back = _SAME.get((other, one))
    return 1 / back if back else _SAME.get((one, other), 0)


_DOSE = re.compile(r"(?<![\d.,/-])(?P<amount>\d+(?:[.,]\d+)?) ?(?P<unit>mg|micrograms?|mcg|ml|g)\b")


def doses_agree(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A medicine whose dose differs from place to place is worth a look: a notice."""
    known = guide.words.text("language.known_medicines").split()
    names = set(map(str.casefold, chain(selection.all_medicines(guide), known)))
    told: dict[tuple[str, str], tuple[str, str]] = {}
    for text in texts:
        for number, sentence in enumerate(text.sentences if _DOSE.search(text.plain) else ()):
            doses = list(_DOSE.finditer(sentence))
            said = names.intersection(re.findall(r"[^\W\d_]+", sentence.casefold()))
            if len(doses) != 1 or len(said) != 1:
                continue  # nobody can say which belongs to which
            name, dose = said.pop(), doses[0]
            place = f"{text.path}:{text.lines[number]}"
            there, where = told.setdefault((name, dose["unit"]), (dose.group(), place))
            if (before := _DOSE.match(there)) and before["amount"] != dose["amount"]:
                message = f"says {quoted(dose.group())} of {name}, and {where} says {quoted(there)}"
                yield text.problem(message, _AGREE, number, blocks=False)


_AGE = re.compile(
    r"\b(?:under|younger than|below) (?:the age of |age )?(?P<age>\d{1,2})\b"
    r"(?! ?(?:%|per|minutes|hours|days|weeks|months|°|mg|kg))"
)


def ages_agree(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A page that says two ages from which children may do something is worth a look: a notice."""
    told: dict[str, tuple[str, str]] = {}
    for text in texts:
        for found in _AGE.finditer(text.plain) if text.path.count("/") > 1 else ():
            age, words = told.setdefault(text.path, (found["age"], found.group()))
            if age != found["age"]:
                message = f"says {quoted(found.group())}, and before {quoted(words)}"
                yield text.problem_at(found.group(), message, _AGREE, blocks=False)


_DIGITS = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_SPELT = re.compile(rf"\b(?:call|dial|ring|phone|on|text) {_DIGITS}(?:[ -]{_DIGITS}){{2,}}\b", re.IGNORECASE)


def numbers_to_call_are_digits(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A number to call must not be spelt out: it differs by country, and nobody can press words."""
    for text in texts:
        if found := _SPELT.search(text.plain):
            message = f"a number to call must not be spelt out, but this says {quoted(found.group())}"
            tip = "Write {call:emergency} or {call:advice}: the page fills in the reader's own number."
            yield text.problem_at(found.group(), message, tip)


def times_of_checks_are_those_of_their_signs(guide: Guide) -> Iterator[Problem]:
    """The times that a check asks about must have the numbers of the sign that one of them stands for."""
    for name, flow in guide.flows.items():
        said = one_of(quoted(time.label) for time in flow.times) if flow.times else ""
        in_digits = number_words(guide.words).in_digits
        labels = set(re.findall(r"\d+", in_digits(said)))
        for place, time in enumerate(flow.times):
            sign = guide.criteria.get(time.sign or "")
            for number in re.findall(r"\d+", in_digits(sign.sign)) if sign and labels else ():
                if number not in labels:
                    message = f"must have the numbers of its sign, but {number} is not in {said}"
                    loc = ("times", place, "label")
                    yield guide.origins["flows", name].problem(loc, message, "Make both say the same.")


_TO_CALL = re.compile(r"\+?\d(?:[ -]?\d){2,}")


def calls_are_numbers_of_their_lines(guide: Guide) -> Iterator[Problem]:
    """A number that stands for a call must be that of a line of the same country."""
    for name, service in guide.services.items():
        lines = [*service.emergency, *service.advice, *service.poison, *service.crisis]
        known = {re.sub(r"\D", "", line.number) for line in lines if line.number}
        for call in CALLS:
            for found in _TO_CALL.findall(getattr(service.call, call)):
                if re.sub(r"\D", "", found) not in known:
                    near = nearest(found, [line.number for line in lines if line.number])
                    message = f"must be the number of a line of {quoted(name)}, not {quoted(found)}"
                    tip = near or "Add the line with its source, or correct the number."
                    yield guide.origins["services", name].problem(("call", call), message, tip)


_TOLD = re.compile(
    r"(?<![\w.,/-])\d[\d.,]*(?: ?(?:to|–|-|or|a|bis) ?\d[\d.,]*)? ?(?:mg|micrograms?|mcg|µg|ml|g|IU|IE|UI"
    r"|units?|litres?|litros?|Liter|tablets?|tabletas?|Tabletten|capsules?|Kapseln|drops|puffs|cups|glasses"
    r"|times a day|veces al día|per ?cent|%)(?!\w)"
)
"""An amount that somebody must have read, unlike a time to rest, which may be the guide's own suggestion."""


def amounts_have_a_source(guide: Guide) -> Iterator[Problem]:
    """A dose or a share in a text that can cite should have its source there: a notice."""
    tip = "Name where you read it, after the sentence: [@id]. A time or a limit may link to data/amounts.yml."
    for origin, loc, text, mark in prose(guide):
        if mark.cites and (found := _unproven(text)):
            must = f"has no source for {quoted(found[0])}"
            yield origin.problem(loc, must, tip, words=found[0], blocks=False)
    for article in guide.articles.values():
        for part in re.finditer(r"\S.*(?:\n.+)*", markup.without_code(article.body)):
            if (found := _unproven(part.group())) and not found.group().endswith(("%", "cent")):
                message = f"the text has no source for {quoted(found.group())}"
                yield Problem(article.path, article.line_of(part.start()), message, tip, blocks=False)


def _unproven(text: str) -> re.Match[str] | None:
    return None if "[@" in text or "(amount:" in text else _TOLD.search(markup.plain(text))


RULES: tuple[Callable[[Guide, Iterable[ReaderText]], Iterator[Problem]], ...] = (
    ranges_go_up,
    amounts_count_something,
    times_can_be,
    units_agree,
    numbers_to_call_are_digits,
)
"""The rules on single texts."""
RULES_ON_ALL = (doses_agree, ages_agree)
"""Those that hold texts against each other."""
RULES_ON_DATA = (
    amounts_have_a_source,
    times_of_checks_are_those_of_their_signs,
    calls_are_numbers_of_their_lines,
)
"""Those on fields of the data."""
