"""Editorial and safety rules. One rule is one short generator, and its docstring is the rule."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from careguide.checks import sentences
from careguide.checks.safety import GUIDE_RULES, dates_are_past, reviews_are_due
from careguide.checks.sentences import Said
from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.readability import Score
from careguide.guide.services import FILLED
from careguide.pages.writer import Page
from careguide.source import markup
from careguide.source.problems import Problem, named, quoted

LONGEST_SENTENCE = 25
HIGHEST_GRADE = 6.0
HIGHEST_SMOG = 8.5
FEWEST_WORDS = 60
"""Below this many words a page's grade says nothing."""


def check(guide: Guide, scores: Iterable[tuple[Page, Score]], *, today: datetime.date) -> list[Problem]:
    """Everything that breaks a rule."""
    said = list(sentences.texts(guide))
    found: list[Problem] = []
    for text_rule in TEXT_RULES:
        found += named(text_rule(guide, said))
    for guide_rule in GUIDE_RULES:
        found += named(guide_rule(guide))
    found += named(dates_are_past(guide, today))
    found += named(reviews_are_due(guide, today))
    found += named(pages_are_easy(scores))
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Words


def texts_are_short(guide: Guide, texts: Iterable[Said]) -> Iterator[Problem]:
    """A text must not have more words than its field allows."""
    for said in texts:
        if 0 < said.most < (count := len(said.plain.split())):
            message = (
                f"{said.field} must have at most {said.most} words, but has {count}: {quoted(said.text)}"
            )
            yield Problem(said.path, said.line, message, "Cut words, or say the rest in another field.")


def sentences_are_short(guide: Guide, texts: Iterable[Said]) -> Iterator[Problem]:
    """No sentence may have more than 25 words. A field that may hold more in one sentence says so: a sign."""
    for said in texts:
        most = max(LONGEST_SENTENCE, said.most)
        for number, sentence in enumerate(said.sentences):
            # Each word has a letter and something after it, so most sentences need no counting.
            if len(sentence) > 2 * LONGEST_SENTENCE and (count := readability.length(sentence)) > most:
                message = f"a sentence must have at most {most} words, but this has {count}: {quoted(sentence, length=300)}"
                yield Problem(said.path, said.lines[number], message, "Make it two sentences.")


def words_do_not_claim(guide: Guide, texts: Iterable[Said]) -> Iterator[Problem]:
    """What readers see must not speak of diagnosis, triage or a symptom checker: this guide is education, and none of these."""
    for said in texts:
        if found := _CLAIMS.search(said.plain):
            tip = "Say 'find the cause', 'tell what it is' or 'check your signs'."
            yield Problem(said.path, said.line, f"a text must not speak of {quoted(found.group())}", tip)


_CLAIMS = re.compile(r"\b(diagnos\w+|triag\w+|symptom checker)\b", re.IGNORECASE)


def numbers_to_call_come_from_services(guide: Guide, texts: Iterable[Said]) -> Iterator[Problem]:
    """A text must not hold a phone number: numbers differ by country and live in the services."""
    services = guide.services.values()
    numbers = sorted(
        {
            line.number
            for each in services
            for line in (*each.emergency, *each.advice, *each.poison, *each.crisis)
            if line.number
        }
    )
    pattern = re.compile(
        rf"(?<![\d.,-])(?:{'|'.join(map(re.escape, numbers))})(?![\d%]|[.,]\d)" if numbers else r"(?!)"
    )
    digit = re.compile(r"\d")  # most texts have none, and need no closer look
    for said in texts:
        if not digit.search(said.plain) or said.path.endswith(("/services.yml", "/amounts.yml")):
            continue
        if found := pattern.search(markup.plain(FILLED.sub("", said.text))):
            tip = "Write {call:emergency}, {call:advice}, {call:crisis} or {call:poison}: each country's own stands there."
            yield Problem(
                said.path,
                said.line,
                f"a text must not hold a phone number, but has {quoted(found.group())}",
                tip,
            )


def amounts_agree(guide: Guide, texts: Iterable[Said]) -> Iterator[Problem]:
    """A time, count or limit must be the same wherever it is said: in a link to an amount, and beside the words it is about."""
    amounts = guide.amounts
    stated, units = _stated(amounts.values()), {_unit(each).lower() for each in amounts.values()}
    for said in texts:
        for each in markup.references(said.text) if "(amount:" in said.text else ():
            if each.singular == "amount" and each.id in amounts and each.words != amounts[each.id].amount:
                message = f"the words of an amount must be {quoted(amounts[each.id].amount)}, not {quoted(each.words)}"
                yield Problem(
                    said.path, said.line, message, "Change the amount in data/amounts.yml, or these words."
                )
        # Most texts name no unit, and need no closer look.
        for number, sentence in (
            enumerate(said.sentences) if any(map(said.plain.lower().__contains__, units)) else ()
        ):
            for words, amount in _restated(amounts.values(), stated, sentence):
                tip = f"Write [{amount.amount}](amount:{amount.id}); if it is something else, say so in other words."
                yield Problem(
                    said.path,
                    said.lines[number],
                    f"{quoted(words)} must be {quoted(amount.amount)}, as in data/amounts.yml",
                    tip,
                )


def _unit(amount: Any) -> str:
    return amount.amount.split()[-1].removesuffix("s")


def _stated(amounts: Iterable[Any]) -> re.Pattern[str]:
    """What finds a number with the unit of any amount."""
    units = "|".join(sorted({re.escape(_unit(each)) for each in amounts})) or r"(?!)"
    return re.compile(
        rf"\b(?:{_NUMBER})(?:(?: to | or |-)(?:{_NUMBER}))?\s+(?P<unit>{units})s?\b", re.IGNORECASE
    )


_NUMBER = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty"


def _restated(amounts: Iterable[Any], stated: re.Pattern[str], sentence: str) -> Iterator[tuple[str, Any]]:
    """Numbers in a sentence that speaks of what an amount is about, in the amount's unit, that are no amount's number."""
    if not (numbers := list(stated.finditer(sentence))):
        return
    about = [each for each in amounts if _any_phrase(each.about).search(sentence)]
    for number in numbers:
        same_unit = [each for each in about if _unit(each).lower() == number["unit"].lower()]
        if same_unit and not any(number.group() in each.amount for each in same_unit):
            yield number.group(), same_unit[0]


@cache
def _any_phrase(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def pages_are_easy(scores: Iterable[tuple[Page, Score]]) -> Iterator[Problem]:
    """A page must read at grade 6 or below (Flesch-Kincaid) and 8.5 or below (SMOG)."""
    for page, score in scores:
        if score.words >= FEWEST_WORDS and (score.grade > HIGHEST_GRADE or score.smog > HIGHEST_SMOG):
            allowed = f"grade {HIGHEST_GRADE} (SMOG {HIGHEST_SMOG})"
            message = f"the page must read at {allowed} or below, but reads at {score.grade:.1f} (SMOG {score.smog:.1f})"
            yield Problem(
                page.source,
                1,
                message,
                f"Start with its hardest sentence: {quoted(score.hardest, length=200)}",
            )


# ---------------------------------------------------------------------------------------------------------------------
# Safety


TEXT_RULES: tuple[Callable[[Guide, list[Said]], Iterator[Problem]], ...] = (
    texts_are_short,
    sentences_are_short,
    words_do_not_claim,
    numbers_to_call_come_from_services,
    amounts_agree,
)


# ---------------------------------------------------------------------------------------------------------------------
# What the rules share
