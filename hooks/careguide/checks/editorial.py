"""Editorial rules. One rule is one short generator, and its docstring is the rule."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from careguide.checks import addresses, article_shape, repeated, sentences, urgent, wording
from careguide.checks.dates import DATE_RULES
from careguide.checks.number_words import number_words
from careguide.checks.safety import GUIDE_RULES, LEVEL_RULES, entries_are_used
from careguide.checks.seen import Seen
from careguide.checks.sentences import ReaderText
from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.readability import Score
from careguide.guide.services import FILLED
from careguide.model.lists import Amount
from careguide.source import markup
from careguide.source.problems import Problem, named, quoted

LONGEST_SENTENCE = 28
FEWEST_WORDS = 60
"""Below this many words a page's grade says nothing."""


def check(guide: Guide, *, today: datetime.date, cache: Path | None = None) -> list[Problem]:
    """What breaks a rule of editing or safety before pages are written; what is right is kept in `cache`."""
    texts = list(sentences.texts(guide))
    seen = Seen(guide, cache, __name__)
    new = seen.others(texts)
    found: list[Problem] = []
    for text_rule in TEXT_RULES:
        found += named(text_rule(guide, new))
    found += wording.check(guide, texts, new, seen.others)
    seen.close({each.path for each in found})
    found += repeated.check(guide)
    found += urgent.check(guide)
    has_ladder = guide.urgency and guide.whole("urgency")
    for guide_rule in (*GUIDE_RULES, *(LEVEL_RULES if has_ladder else ())):
        found += named(guide_rule(guide))
    found += named(entries_are_used(guide, texts))
    for date_rule in DATE_RULES:
        found += named(date_rule(guide, today))
    found += named(addresses.sources_are_at_their_publishers(guide))
    found += named(pages_are_not_called_readme(guide))
    return found


def check_translated(guide: Guide, cache: Path | None = None) -> list[Problem]:
    """What is wrong with the words of a guide in another language, as far as that hangs on no language.

    What nobody has translated is the original's, whose own check has looked at it.
    """
    texts = [each for each in sentences.texts(guide) if guide.is_translated(each.path)]
    seen = Seen(guide, cache, __name__)
    found = list(wording.check(guide, texts, seen.others(texts), seen.others))
    seen.close({each.path for each in found})
    found += [*repeated.check(guide), *urgent.check_translated(guide), *article_shape.check_shape(guide)]
    return [each for each in found if guide.is_translated(each.path)]


# Words


def texts_are_short(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A text must not have more words than its field allows."""
    for text in texts:
        count = len(text.plain.split()) if text.most else 0
        if count > text.most:
            must = f"{text.field} must have at most {text.most} words, but has {count}"
            yield text.problem(f"{must}: {quoted(text.text)}", "Cut words, or say the rest in another field.")


def sentences_are_short(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """No sentence may have more than 28 words; a field that may hold more in one sentence says so: a sign."""
    for text in texts:
        most = max(LONGEST_SENTENCE, text.most)
        for number, sentence in enumerate(text.sentences):
            # Each word has a letter and something after it, so most sentences need no counting.
            if len(sentence) > 2 * LONGEST_SENTENCE and (count := readability.length(sentence)) > most:
                must = f"a sentence must have at most {most} words, but this has {count}"
                said = quoted(sentence, length=300)
                yield text.problem(f"{must}: {said}", "Make it two sentences.", number)


_DIGIT = re.compile(r"\d")


def numbers_to_call_come_from_services(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A text must not hold a phone number: numbers differ by country and live in the services."""
    numbers: set[str] = set()
    for service in guide.services.values():
        for line in (*service.emergency, *service.advice, *service.poison, *service.crisis):
            if line.number:
                numbers.add(re.escape(line.number))
    if not numbers:
        return
    # Not inside a longer number, a date, an amount with a fraction or a share in per cent.
    pattern = re.compile(rf"(?<![\d.,-])(?:{'|'.join(sorted(numbers))})(?![\d%]|[.,]\d)")
    tip = "Write {call:emergency}, {call:advice}, {call:crisis} or {call:poison}: the page fills it in."
    for text in texts:
        # Most texts have no digit, and need no closer look.
        if not _DIGIT.search(text.plain) or text.path.endswith(("/services.yml", "/amounts.yml")):
            continue
        if found := pattern.search(markup.plain(FILLED.sub("", text.text))):
            yield text.problem(f"a text must not hold a phone number, but has {quoted(found.group())}", tip)


# Times, counts and limits


def amounts_agree(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A time, count or limit must be the same wherever it is said: in a link to an amount, and in words."""
    amounts: dict[str, list[Amount]] = {}  # by unit, in the singular: 'minute' of '10 to 15 minutes'
    for amount in guide.amounts.values():
        unit = amount.amount.split()[-1].removesuffix("s").lower()
        amounts.setdefault(unit, []).append(amount)
    names = "|".join(sorted(map(re.escape, amounts))) or r"(?!)"
    words = number_words(guide.words)
    one = rf"(?:one|{words.count})"
    numbers = re.compile(rf"(?i)\b{one}(?:(?: to | or |-){one})?\s+(?:times a )?(?P<unit>{names})s?\b")
    for text in texts:
        linked: set[str] = set()
        for reference in markup.references(text.text) if "(amount:" in text.text else ():
            meant = guide.amounts.get(reference.id) if reference.singular == "amount" else None
            if meant and reference.words != meant.amount:
                linked.add(reference.words)
                must = f"the words of an amount must be {quoted(meant.amount)}, not {quoted(reference.words)}"
                yield text.problem(must, "Change the amount in data/amounts.yml, or these words.")
        # Most texts name no unit, and need no closer look.
        if not any(map(words.in_digits(text.plain.lower()).__contains__, amounts)):
            continue
        for number, sentence in enumerate(map(words.in_digits, text.sentences)):
            for said in numbers.finditer(sentence):
                count = said.group()
                alike = amounts[said["unit"].lower()]
                about = [each for each in alike if readability.any_of(each.about).search(sentence)]
                if about and count not in linked and not any(count in each.amount for each in about):
                    amount = about[0]
                    message = f"{quoted(count)} must be {quoted(amount.amount)}, as in data/amounts.yml"
                    link = f"[{amount.amount}](amount:{amount.id})"
                    tip = f"Write {link}; if it is something else, say so in other words."
                    yield text.problem(message, tip, number)


# Pages


def pages_are_easy(guide: Guide, scores: Iterable[tuple[Page, Score]]) -> Iterator[Problem]:
    """A page must be easy to read, by the formula of its language: in English, at grade 8 or below."""
    formula = guide.reading.formula
    if not formula:
        return  # nobody can say
    for page, score in scores:
        if score.words >= FEWEST_WORDS and formula.harder(score.grade, formula.limit):
            message = f"the page must read at {formula.aim}, but reads at {score.grade:.1f}"
            tip = f"Start with its hardest sentence: {quoted(score.hardest, length=200)}"
            yield Problem(page.source, 1, message, tip)


def pages_are_not_called_readme(guide: Guide) -> Iterator[Problem]:
    """A hand-written page must not be called README.md: engines take it for the index.md of its folder."""
    for path, article in guide.articles.items():
        if PurePosixPath(path).name.lower() == "readme.md":
            message = "a page must not be called README.md, because engines take it for index.md"
            yield Problem(article.path, 1, message, "Give it a name of its own.")


TEXT_RULES: tuple[Callable[[Guide, list[ReaderText]], Iterator[Problem]], ...] = (
    texts_are_short,
    sentences_are_short,
    numbers_to_call_come_from_services,
    amounts_agree,
)
