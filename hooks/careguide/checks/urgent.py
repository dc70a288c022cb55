"""What weakens a sign although its level stays: nobody asks it, it stands at the foot, its words can wait.

A rule's docstring is the rule.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from careguide.checks import numbers
from careguide.checks.number_words import number_words
from careguide.checks.safety import PAGES
from careguide.guide.guide import HOME, Guide
from careguide.guide.services import FILLED
from careguide.guide.validation import Origin
from careguide.model.fields import Prose
from careguide.model.kinds import TOPICS
from careguide.pages import directives
from careguide.source import markup
from careguide.source.articles import Article
from careguide.source.locations import Loc
from careguide.source.problems import Problem, named, quoted


def check(guide: Guide) -> Iterator[Problem]:
    """Every rule. Without a ladder nothing is urgent, and that is said elsewhere."""
    for rule in RULES if guide.urgency and guide.whole("urgency") else ():
        yield from named(rule(guide))


def check_translated(guide: Guide) -> Iterator[Problem]:
    """The rules on words, for a guide in another language: its shape is the original's."""
    yield from named(urgent_words_do_not_wait(guide))


def signs_are_asked(guide: Guide) -> Iterator[Problem]:
    """Every sign above the last level must be asked by a symptom: one that nobody asks warns nobody."""
    if not guide.whole("symptoms") or not guide.symptoms:
        return
    asked = {sign for symptom in guide.symptoms.values() for sign in symptom.signs}
    if not asked <= guide.criteria.keys():
        return  # an id is misspelt, which is said elsewhere: it may be the one that is missed here
    for name, sign in guide.criteria.items():
        if sign.level != guide.ladder.ids[-1] and name not in asked and not sign.draft:
            message = f"a sign must be asked, but no symptom names {quoted(name)}"
            tip = "Add it to 'signs' of each symptom that it can come with, and to a story."
            yield guide.origins["criteria", name].problem((), message, tip)


# Places

_PLACED = {
    "symptom": ("check", "red-line", "signs"),
    HOME: ("emergency",),
    "when-to-get-help.md": ("criteria",),
    "find-care.md": ("services",),
}
"""The sections that a hand-written page must place, because they would come after all its words otherwise."""
_BEFORE_SECTIONS = ("check", "red-line", "emergency")
_AFTER_SIGNS = ("causes", "remedies", "doctor", "places", "print")


def articles_place_their_signs(guide: Guide) -> Iterator[Problem]:
    """A hand-written page must say where its signs and its way to the check stand, and not at its foot."""
    for path, article in guide.articles.items():
        kind, _, id_ = path.removesuffix(".md").rpartition("/")
        symptom = guide.symptoms.get(id_) if kind == "symptoms" else None
        if symptom and not symptom.draft:
            yield from _misplaced(article, _PLACED["symptom"])
        elif path in _PLACED:
            yield from _misplaced(article, _PLACED[path])


def _misplaced(article: Article, wanted: tuple[str, ...]) -> Iterator[Problem]:
    """Each wanted section that is missing, or that stands too far down."""
    placed: dict[str, tuple[int, int, bool]] = {}
    sections, paragraphs, late = 0, 0, False
    for piece in directives.pieces(article):
        if isinstance(piece, directives.Prose):
            text = markup.without_code(piece.text)
            sections += len(re.findall(r"^##+ ", text, re.MULTILINE))
            paragraphs += len(re.findall(r"(?:^|\n\n)[^#\s]", text))
        elif isinstance(piece, directives.Call):
            above = max(sections, paragraphs - 1) if piece.name == "emergency" else sections
            placed.setdefault(piece.name, (piece.line, above, late))
            late = late or piece.name in _AFTER_SIGNS
    # One that is not closed is named itself, and may be what is missing.
    half = re.search(r"<!--[ ]*guide:(?!.*-->)", article.body)
    for name in filter(placed.__contains__, wanted) if half else wanted:
        directive = f"<!-- guide: {name} -->"
        if name not in placed:
            message = f"the page must place {quoted(directive)}: otherwise it stands after all else"
            tip = "Write that line under the first paragraph, above the next heading."
            yield Problem(article.path, article.first_line, message, tip)
            continue
        line, above, late = placed[name]
        if (name in _BEFORE_SECTIONS and above) or (name == "signs" and (late or above > 1)):
            message = f"{quoted(directive)} must stand near the top of the page"
            yield Problem(article.path, line, message, "Move the line up, to the first paragraphs.")


# Words

_NEGATED = re.compile(r"\b(?:not|never|no longer|no|nunca|nicht|kein\w*)\b|n[’']t\b", re.IGNORECASE)
_LATER = ("language.not_now", "language.later")
"""The lists of what an emergency must not say; what is for today may say what is in the first."""


def urgent_words_do_not_wait(guide: Guide) -> Iterator[Problem]:
    """What is said of an emergency must not send readers to a doctor tomorrow or next week.

    What is for today must not name weeks; and what can wait should not be for now, which is a notice.
    """
    original = guide.translation.original if guide.translation else guide
    conditions = guide.words.phrases("language.conditions")
    for place, level in enumerate(guide.ladder.ids):
        words = f"{level} {original.urgency[level].level} {original.urgency[level].title}"
        waits = place > 0 and not original.words.phrases("language.presses").search(words)
        pattern = guide.words.phrases(*("language.at_once",) if waits else _LATER[bool(place) :])
        for origin, loc, text in _said_of(level, guide):
            said = guide.is_own(origin.path) and pattern.search(FILLED.sub(r"\g<call>", text))
            for sentence in re.split(r"(?<=[.!?])\s", text) if said else ():
                found = pattern.search(FILLED.sub(r"\g<call>", sentence))
                rest = pattern.sub("", sentence) if found and waits else sentence  # 'at once' is no condition
                if found and not (_NEGATED.search(rest) or (waits and conditions.search(rest))):
                    message = f"must not say {quoted(found.group())}, because it is said at {quoted(level)}"
                    tip = "Say what to do at once, and leave out what can wait."
                    if waits:
                        tip = "Raise the level, or say when it is so: 'Call at once if it spreads.'"
                    yield origin.problem(loc, message, tip, blocks=not waits)


_HELP = re.compile(r"call:(?:emergency|crisis)\b|\b(?:emergency|ambulance)\b", re.IGNORECASE)


def emergencies_say_whom_to_call(guide: Guide) -> Iterator[Problem]:
    """What is to be done in an emergency must say whom to call, at its level and on each red line."""
    worst, number = guide.ladder.worst, "{call:emergency}"
    if guide.site.locale.base != "en":
        return
    places = [(guide.origins["urgency", worst], "do", guide.urgency[worst].do)]
    for _, thing, origin in guide.all(PAGES):
        if thing.red and thing.red_says:
            places.append((origin, "red_says", thing.red_says))
    for origin, field, words in places:
        later = guide.words.phrases(*_LATER).search(words)  # which is said by the rule above
        if not (_HELP.search(words) or later):
            message = f"must say {quoted(number)}, because it is said in an emergency, not {quoted(words)}"
            yield origin.problem((field,), message, f"Write 'Call {number}' first.")


_OF_SIGN: tuple[Loc, ...] = (("lead",), ("clause",), ("paper",), ("hint",), ("why",))
"""The texts of a sign, besides the sign, that may say how urgent it is."""


def _said_of(level: str, guide: Guide) -> Iterator[tuple[Origin, Loc, str]]:
    """Every text that tells readers what to do at a level."""
    yield from _texts(guide, "urgency", level)
    others = {sign.meanwhile for sign in guide.criteria.values() if sign.level != level}
    for sign in guide.criteria.values():
        if sign.level == level:
            yield from _texts(guide, "criteria", sign.id, *_OF_SIGN)
            if sign.meanwhile and sign.meanwhile not in others:
                yield from _texts(guide, "meanwhile", sign.meanwhile)
    for name, flow in guide.flows.items():
        results = _at(level, ("results",), flow.results)
        doubts = _at(level, ("not_sure", "results"), flow.not_sure.results)
        yield from _texts(guide, "flows", name, *results, *doubts)
    for name, service in guide.services.items():
        yield from _texts(guide, "services", name, *_at(level, ("levels",), service.levels))
    for kind in PAGES if level == guide.ladder.worst else ():
        for name in guide.of(kind):
            yield from _texts(guide, kind, name, ("red_says",))


def _at(level: str, field: Loc, parts: Iterable[Any]) -> Iterator[Loc]:
    """The ways to those parts of a field that are for a level."""
    for number, part in enumerate(parts):
        if part.level == level:
            yield (*field, number)


def _texts(guide: Guide, kind: str, name: str, *under: Loc) -> Iterator[tuple[Origin, Loc, str]]:
    """The texts of a thing that readers see; where ways are given, those of these parts."""
    thing = guide.of(kind).get(name)
    for leaf in thing.leaves if thing else ():
        here = any(leaf.loc[: len(loc)] == loc for loc in under) or kind in ("urgency", "meanwhile")
        if here and isinstance(leaf.mark, Prose):
            yield guide.origins[kind, name], leaf.loc, leaf.text


_COUNT = re.compile(r"\d+")


def short_signs_have_their_numbers(guide: Guide) -> Iterator[Problem]:
    """Every number in the short forms of a sign must be in the sign itself."""
    in_digits = number_words(guide.words).in_digits
    for name, sign in guide.criteria.items():
        said = set(_COUNT.findall(in_digits(f"{sign.sign} {sign.hint or ''}")))
        for field in ("lead", "clause", "paper"):
            for number in _COUNT.findall(in_digits(getattr(sign, field) or "")):
                if number not in said:
                    message = f"must have the numbers of the sign, but {number} is not in {quoted(sign.sign)}"
                    origin = guide.origins["criteria", name]
                    yield origin.problem((field,), message, "Make both say the same.")


_TIMES = {"second", "minute", "hour", "day", "week", "month", "year"}


def _measure(unit: str) -> str:
    """What a unit measures: minutes and days measure the same."""
    return "time" if unit.rstrip("s") in _TIMES else unit.rstrip("s")


_MEASURED = re.compile(r"(?<![\d.,])(?P<count>\d+(?:[.,]\d+)?) (?P<unit>[^\W\d_]{3,})")


def hints_agree_with_their_signs(guide: Guide) -> Iterator[Problem]:
    """A hint that counts otherwise than its sign, in the same unit, is worth a look: a notice."""
    in_digits = number_words(guide.words).in_digits
    for name, sign in guide.criteria.items():
        counted: dict[str, str] = {}
        for each in _MEASURED.finditer(in_digits(sign.sign.lower())):
            counted[each["unit"].rstrip("s")] = each.group()
        for each in _MEASURED.finditer(in_digits((sign.hint or "").lower())):
            said = counted.get(each["unit"].rstrip("s"), each.group())
            if said.split()[0] != each["count"]:
                message = f"says {quoted(each.group())}, and the sign {quoted(said)}"
                tip = "If both are meant, nothing is wrong; otherwise make them say the same."
                yield guide.origins["criteria", name].problem(("hint",), message, tip, blocks=False)


def doubts_about_emergencies_are_heard(guide: Guide) -> Iterator[Problem]:
    """Who is not sure about a sign of the worst level must be told to ask somebody."""
    for name, sign in guide.criteria.items():
        if sign.level == guide.ladder.worst and sign.not_sure in ("ignore", guide.ladder.ids[-1]):
            message = f"must be a level above the last, because {quoted(name)} is {quoted(sign.level)}"
            tip = f"Write '{guide.ladder.ids[1]}': a doctor can tell."
            yield guide.origins["criteria", name].problem(("not_sure",), message, tip)


def short_texts_have_the_numbers_of_their_page(guide: Guide) -> Iterator[Problem]:
    """What the short form or the handout of a page counts, the page must count too: '5 minutes'."""
    in_digits = number_words(guide.words).in_digits
    for _, thing, origin in guide.all(TOPICS):
        counted: list[tuple[str, re.Match[str]]] = []
        for field in ("short", "handout"):
            text = markup.plain(getattr(thing, field, None) or "").lower()
            counted += [(field, each) for each in _MEASURED.finditer(in_digits(text))]
        there = set[tuple[str, str]]()
        units = set[str]()
        for leaf in thing.leaves if counted else ():
            if isinstance(leaf.mark, Prose) and leaf.loc[0] not in ("short", "handout"):
                for each in _MEASURED.finditer(in_digits(markup.plain(leaf.text).lower())):
                    there.add((each["count"], each["unit"].rstrip("s")))
                    units.add(_measure(each["unit"]))
        for field, each in counted:
            unit = each["unit"].rstrip("s")
            if _measure(unit) in units and (each["count"], unit) not in there:
                message = f"must have the numbers of the page, but {quoted(each[0])} is not on it"
                yield origin.problem((field,), message, "Make both say the same.")


RULES: tuple[Callable[[Guide], Iterator[Problem]], ...] = (
    signs_are_asked,
    articles_place_their_signs,
    urgent_words_do_not_wait,
    emergencies_say_whom_to_call,
    short_signs_have_their_numbers,
    doubts_about_emergencies_are_heard,
    hints_agree_with_their_signs,
    short_texts_have_the_numbers_of_their_page,
    *numbers.RULES_ON_DATA,
)
