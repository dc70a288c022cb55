"""Editorial and safety rules. One rule is one short generator, and its docstring is the rule."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from careguide import texts
from careguide.guide import readability, reviews
from careguide.guide.guide import Guide
from careguide.guide.readability import Score
from careguide.pages.writer import Page
from careguide.source import markup
from careguide.source.locations import spell
from careguide.source.problems import Problem, shown
from careguide.texts import Said

LONGEST_SENTENCE = 25
HIGHEST_GRADE = 6.0
HIGHEST_SMOG = 8.5
FEWEST_WORDS = 60
"""Below this many words a page's grade says nothing."""

Found = Iterator[Problem]


def check(guide: Guide, scores: Iterable[tuple[Page, Score]], *, today: datetime.date) -> list[Problem]:
    """Everything that breaks a rule."""
    said = list(texts.texts(guide))
    found = [problem for rule in TEXT_RULES for problem in rule(guide, said)]
    found += [problem for rule in GUIDE_RULES for problem in rule(guide)]
    found += [*dates_are_past(guide, today), *reviews_are_due(guide, today), *(pages_are_easy(scores) if guide.words else ())]
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Words


def texts_are_short(guide: Guide, texts: Iterable[Said]) -> Found:
    """A text must not have more words than its field allows."""
    for said in texts:
        if 0 < said.most < (count := len(said.plain.split())):
            message = f"{said.field} must have at most {said.most} words, but has {count}: {shown(said.text)}"
            yield Problem(said.path, said.line, message, "Cut words, or say the rest in another field.")


def sentences_are_short(guide: Guide, texts: Iterable[Said]) -> Found:
    """No sentence may have more than 25 words."""
    for said in texts:
        for number, sentence in enumerate(said.sentences):
            # Each word has a letter and something after it, so most sentences need no counting.
            if len(sentence) > 2 * LONGEST_SENTENCE and (count := readability.length(sentence)) > LONGEST_SENTENCE:
                message = f"a sentence must have at most {LONGEST_SENTENCE} words, but this has {count}: {shown(sentence, length=300)}"
                yield Problem(said.path, said.lines[number], message, "Make it two sentences.")


def words_do_not_claim(guide: Guide, texts: Iterable[Said]) -> Found:
    """What readers see must not speak of diagnosis, triage or a symptom checker: this guide is education, and none of these."""
    for said in texts:
        if found := _CLAIMS.search(said.plain):
            tip = "Say 'find the cause', 'tell what it is' or 'check your signs'."
            yield Problem(said.path, said.line, f"a text must not speak of {shown(found.group())}", tip)


_CLAIMS = re.compile(r"\b(diagnos\w+|triag\w+|symptom checker)\b", re.IGNORECASE)


def numbers_to_call_come_from_services(guide: Guide, texts: Iterable[Said]) -> Found:
    """A text must not hold a phone number: numbers differ by country and live in the services."""
    services = guide.things["services"].values()
    numbers = sorted({line.number for each in services for line in (*each.emergency, *each.advice, *each.poison, *each.crisis) if line.number})
    pattern = re.compile(rf"(?<![\d.,-])(?:{'|'.join(map(re.escape, numbers))})(?![\d%]|[.,]\d)" if numbers else r"(?!)")
    digit = re.compile(r"\d")  # most texts have none, and need no closer look
    for said in texts:
        if not digit.search(said.plain) or said.path.endswith(("/services.yml", "/amounts.yml")):
            continue
        if found := pattern.search(said.plain):
            tip = "Say 'call your emergency number'; the page adds the numbers."
            yield Problem(said.path, said.line, f"a text must not hold a phone number, but has {shown(found.group())}", tip)


def amounts_agree(guide: Guide, texts: Iterable[Said]) -> Found:
    """A time, count or limit must be the same wherever it is said: in a link to an amount, and beside the words it is about."""
    amounts = guide.things["amounts"]
    stated, units = _stated(amounts.values()), {_unit(each).lower() for each in amounts.values()}
    for said in texts:
        for each in markup.references(said.text) if "(amount:" in said.text else ():
            if each.singular == "amount" and each.id in amounts and each.words != amounts[each.id].amount:
                message = f"the words of an amount must be {shown(amounts[each.id].amount)}, not {shown(each.words)}"
                yield Problem(said.path, said.line, message, "Change the amount in data/amounts.yml, or these words.")
        # Most texts name no unit, and need no closer look.
        for number, sentence in enumerate(said.sentences) if any(map(said.plain.lower().__contains__, units)) else ():
            for words, amount in _restated(amounts.values(), stated, sentence):
                tip = f"Write [{amount.amount}](amount:{amount.id}); if it is something else, say so in other words."
                yield Problem(said.path, said.lines[number], f"{shown(words)} must be {shown(amount.amount)}, as in data/amounts.yml", tip)


def _unit(amount: Any) -> str:
    return amount.amount.split()[-1].removesuffix("s")


def _stated(amounts: Iterable[Any]) -> re.Pattern[str]:
    """What finds a number with the unit of any amount."""
    units = "|".join(sorted({re.escape(_unit(each)) for each in amounts})) or r"(?!)"
    return re.compile(rf"\b(?:{_NUMBER})(?:(?: to | or |-)(?:{_NUMBER}))?\s+(?P<unit>{units})s?\b", re.IGNORECASE)


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


def pages_are_easy(scores: Iterable[tuple[Page, Score]]) -> Found:
    """A page must read at grade 6 or below (Flesch-Kincaid) and 8.5 or below (SMOG)."""
    for page, score in scores:
        if score.words >= FEWEST_WORDS and (score.grade > HIGHEST_GRADE or score.smog > HIGHEST_SMOG):
            allowed = f"grade {HIGHEST_GRADE} (SMOG {HIGHEST_SMOG})"
            message = f"the page must read at {allowed} or below, but reads at {score.grade:.1f} (SMOG {score.smog:.1f})"
            yield Problem(page.source, 1, message, f"Start with its hardest sentence: {shown(score.hardest, length=200)}")


# ---------------------------------------------------------------------------------------------------------------------
# Safety


def raising_only_raises(guide: Guide) -> Found:
    """A sign may be made more urgent for some people, never less."""
    ladder = list(guide.things["urgency"])
    for criterion, origin in _things(guide, "criteria"):
        for index, each in enumerate(criterion.raise_):
            if {each.to, criterion.urgency} <= set(ladder) and ladder.index(each.to) >= ladder.index(criterion.urgency):
                message = f"raise[{index + 1}].to must be above {shown(criterion.urgency)}, not {shown(each.to)}"
                yield Problem(origin.path, origin.line(("raise", index, "to")), message, "Choose a higher urgency, or delete the raise.")


def criteria_rest_on_authority(guide: Guide) -> Found:
    """Every warning sign must have a source that is a guideline or an official body."""
    for criterion, origin in _things(guide, "criteria"):
        kinds = {guide.things["sources"][id].kind for id in criterion.why.sources if id in guide.things["sources"]}
        if kinds and not kinds & {"guideline", "official-body"} and criterion.id not in WITHOUT_AUTHORITY:
            message = f"why.sources must have a guideline or an official body for {shown(criterion.id)}"
            tip = "Add one, or list the sign with a reason in rules.WITHOUT_AUTHORITY."
            yield Problem(origin.path, origin.line(("why", "sources")), message, tip)
        if kinds & {"guideline", "official-body"} and criterion.id in WITHOUT_AUTHORITY:
            message = f"{shown(criterion.id)} must not be an exception: it has a guideline or an official body"
            yield Problem(origin.path, origin.line(), message, "Delete it from rules.WITHOUT_AUTHORITY.")


WITHOUT_AUTHORITY: dict[str, str] = {}
"""Warning signs for which no guideline or official page was found, each with the reason it is kept."""


def symptoms_carry_their_causes_signs(guide: Guide) -> Found:
    """A symptom must list every emergency and same-day sign that its causes list."""
    urgent = list(guide.things["urgency"])[:2] if guide.whole("urgency") else []
    for symptom, origin in _things(guide, "symptoms"):
        for cause in (guide.things["causes"][id] for id in symptom.causes if id in guide.things["causes"]):
            for id in cause.criteria:
                criterion = guide.things["criteria"].get(id)
                if criterion and criterion.urgency in urgent and id not in symptom.criteria:
                    message = f"criteria must have {shown(id)}, because its cause {shown(cause.id)} has it"
                    yield Problem(origin.path, origin.line(("criteria",)), message, "Add it to the list.")


def forbidden_things_say_do_not(guide: Guide) -> Found:
    """Every line of a list of what not to do must start with 'Do not', so that it is safe to read alone."""
    for remedy, origin in _things(guide, "remedies"):
        for index, each in enumerate(remedy.dont):
            if not each.text.startswith("Do not "):
                message = f"dont[{index + 1}].text must start with 'Do not', not {shown(each.text)}"
                yield Problem(origin.path, origin.line(("dont", index, "text")), message, "Say the whole of it: 'Do not press hard.'")


def pages_lead_on(guide: Guide) -> Found:
    """Every cause must lead to an action or a warning sign, and every remedy to a cause."""
    for cause, origin in _things(guide, "causes"):
        if not (cause.draft or cause.remedies or cause.treatments or cause.investigations or cause.criteria):
            message = "a cause must have a remedy, a treatment, an investigation or a criterion"
            yield Problem(origin.path, 1, message, "Say what a reader can do next.")
    for remedy, origin in _things(guide, "remedies"):
        if guide.whole("causes") and not (remedy.draft or guide.linked("remedies", remedy.id, "causes")):
            yield Problem(origin.path, 1, "a remedy must be named by at least one cause", "Add it to the remedies of a cause it helps with.")


def sources_are_cited(guide: Guide) -> Found:
    """Every source in the list must be cited: readers are told that the guide is based on all of them."""
    cited = {each.id for article in guide.articles.values() for each in markup.references(article.body) if each.singular == "source"}
    for source, origin in _things(guide, "sources") if guide.whole() else ():
        if not source.draft and source.id not in cited and ("sources", source.id) not in guide.backlinks:
            message = f"a source must be cited, but {shown(source.id)} is not"
            yield Problem(origin.path, origin.line(), message, "Cite it where it was used, or delete it.")


def dates_are_past(guide: Guide, today: datetime.date) -> Found:
    """What has been checked or reviewed was checked or reviewed in the past."""
    for thing, origin in _written(guide):
        for loc, date in (("checked",), getattr(thing, "checked", None)), (("reviewed", "on"), getattr(getattr(thing, "reviewed", None), "on", None)):
            if date and date > today:
                message = f"{spell(loc)} must not be in the future, but is {shown(date)}"
                yield Problem(origin.path, origin.line(loc), message, "Write the day on which it really happened.")


def reviews_are_due(guide: Guide, today: datetime.date) -> Found:
    """A review that is past its date is worth a notice; the page says so too."""
    for thing, origin in _reviewed(guide):
        if thing.reviewed.due < today:
            message = f"reviewed.due was {shown(thing.reviewed.due)}"
            yield Problem(origin.path, origin.line(("reviewed", "due")), message, "Ask for a new review.", blocks=False)


def reviews_say_of_what(guide: Guide) -> Found:
    """A review must have the fingerprint of what was reviewed; where that has changed since, a notice says so, and the page too."""
    known = guide.whole("criteria")  # otherwise nobody can say how urgent a sign is
    for thing, origin in _reviewed(guide):
        now, line = reviews.fingerprint(guide, thing), origin.line(("reviewed", "fingerprint"))
        if not thing.reviewed.fingerprint:
            by_hand = f", or add the line 'fingerprint: {now}' below 'due'" if known else ""
            tip = f"If the page was reviewed as it is now, type 'careguide sign {thing.singular}:{thing.id}'{by_hand}."
            yield Problem(origin.path, line, "reviewed.fingerprint must be given", tip)
        elif known and thing.reviewed.fingerprint != now:
            message = f"the page has changed since it was reviewed by {shown(thing.reviewed.by)}"
            yield Problem(origin.path, line, message, "Ask for a new review; until then the page says that it has changed.", blocks=False)


TEXT_RULES: tuple[Callable[[Guide, list[Said]], Found], ...] = (
    texts_are_short,
    sentences_are_short,
    words_do_not_claim,
    numbers_to_call_come_from_services,
    amounts_agree,
)

GUIDE_RULES: tuple[Callable[[Guide], Found], ...] = (
    raising_only_raises,
    criteria_rest_on_authority,
    symptoms_carry_their_causes_signs,
    forbidden_things_say_do_not,
    pages_lead_on,
    sources_are_cited,
    reviews_say_of_what,
)


# ---------------------------------------------------------------------------------------------------------------------
# What the rules share


def _written(guide: Guide) -> Iterator[tuple[Any, Any]]:
    return ((thing, origin) for _, thing, origin in guide.all())


def _reviewed(guide: Guide) -> Iterator[tuple[Any, Any]]:
    return ((thing, origin) for thing, origin in _written(guide) if getattr(thing, "reviewed", None))


def _things(guide: Guide, kind: str) -> Iterator[tuple[Any, Any]]:
    return ((thing, guide.origins[kind, id]) for id, thing in guide.things[kind].items())
