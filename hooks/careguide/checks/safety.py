"""Rules of safety over the guide: signs, sources, dates and reviews."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from careguide.guide import reviews, selection
from careguide.guide.guide import Guide
from careguide.model.lists import Criterion
from careguide.source import markup
from careguide.source.locations import spell
from careguide.source.problems import Problem, quoted


def criteria_rest_on_authority(guide: Guide) -> Iterator[Problem]:
    """Every warning sign must have a source that is a guideline or an official body, or say that its level is our own judgement."""
    for criterion, origin in _things(guide, "criteria"):
        kinds = {guide.sources[id].kind for id in criterion.sources if id in guide.sources}
        if kinds and not kinds & {"guideline", "official-body"} and not criterion.judgement:
            message = f"sources must have a guideline or an official body for {quoted(criterion.id)}"
            yield Problem(
                origin.path,
                origin.line(("sources",)),
                message,
                "Add one, or write 'judgement: true': the page then says so.",
            )


def symptoms_carry_their_causes_signs(guide: Guide) -> Iterator[Problem]:
    """A symptom must have every sign of the two worst levels that its causes have, if it is for everyone or for a context it asks."""
    urgent = list(guide.urgency)[:2] if guide.whole("urgency") else []
    for symptom, origin in _things(guide, "symptoms"):
        for cause in (guide.causes[id] for id in symptom.causes if id in guide.causes):
            for criterion in selection.all_of(guide, "criteria", cause.criteria):
                if (
                    criterion.level in urgent
                    and criterion.id not in symptom.signs
                    and _is_for(criterion, symptom.id, guide)
                ):
                    message = (
                        f"signs must have {quoted(criterion.id)}, because its cause {quoted(cause.id)} has it"
                    )
                    yield Problem(origin.path, origin.line(("signs",)), message, "Add it to the list.")


def _is_for(criterion: Criterion, symptom: str, guide: Guide) -> bool:
    """Whether the check of a symptom could ask a sign."""
    contexts = selection.all_of(guide, "contexts", criterion.context)
    return not contexts or any(not each.symptoms or symptom in each.symptoms for each in contexts)


def pages_show_their_signs(guide: Guide) -> Iterator[Problem]:
    """What a symptom's page shows must be signs of the symptom."""
    for symptom, origin in _things(guide, "symptoms"):
        for index, id in enumerate(symptom.shown):
            if id not in symptom.signs:
                message = f"shown[{index + 1}] must be one of the symptom's signs, not {quoted(id)}"
                yield Problem(
                    origin.path,
                    origin.line(("shown", index)),
                    message,
                    "Add it to 'signs' too, or leave it out.",
                )


def forbidden_things_say_do_not(guide: Guide) -> Iterator[Problem]:
    """Every line of a list of what not to do must start with 'Do not', so that it is safe to read alone."""
    for remedy, origin in _things(guide, "remedies"):
        for index, each in enumerate(remedy.dont):
            if not each.text.startswith("Do not "):
                message = f"dont[{index + 1}].text must start with 'Do not', not {quoted(each.text)}"
                yield Problem(
                    origin.path,
                    origin.line(("dont", index, "text")),
                    message,
                    "Say the whole of it: 'Do not press hard.'",
                )


def pages_lead_on(guide: Guide) -> Iterator[Problem]:
    """Every cause must lead to an action or a warning sign, and every remedy to a cause."""
    for cause, origin in _things(guide, "causes"):
        if not (cause.draft or cause.remedies or cause.treatments or cause.investigations or cause.criteria):
            message = "a cause must have a remedy, a treatment, an investigation or a criterion"
            yield Problem(origin.path, 1, message, "Say what a reader can do next.")
    for remedy, origin in _things(guide, "remedies"):
        if guide.whole("causes") and not (remedy.draft or guide.linked("remedies", remedy.id, "causes")):
            yield Problem(
                origin.path,
                1,
                "a remedy must be named by at least one cause",
                "Add it to the remedies of a cause it helps with.",
            )


def sources_are_cited(guide: Guide) -> Iterator[Problem]:
    """Every source in the list must be cited: readers are told that the guide is based on all of them."""
    cited = {
        each.id
        for article in guide.articles.values()
        for each in markup.references(article.body)
        if each.singular == "source"
    }
    for source, origin in _things(guide, "sources") if guide.whole() else ():
        if not source.draft and source.id not in cited and ("sources", source.id) not in guide.backlinks:
            message = f"a source must be cited, but {quoted(source.id)} is not"
            yield Problem(origin.path, origin.line(), message, "Cite it where it was used, or delete it.")


def dates_are_past(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """What has been checked or reviewed was checked or reviewed in the past."""
    for thing, origin in _written(guide):
        for loc, date in (
            (("checked",), getattr(thing, "checked", None)),
            (("reviewed", "on"), getattr(getattr(thing, "reviewed", None), "on", None)),
        ):
            if date and date > today:
                message = f"{spell(loc)} must not be in the future, but is {quoted(date)}"
                yield Problem(
                    origin.path, origin.line(loc), message, "Write the day on which it really happened."
                )


def reviews_are_due(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """A review that is past its date is worth a notice; the page says so too."""
    for thing, origin in _reviewed(guide):
        if thing.reviewed.due < today:
            message = f"reviewed.due was {quoted(thing.reviewed.due)}"
            yield Problem(
                origin.path, origin.line(("reviewed", "due")), message, "Ask for a new review.", blocks=False
            )


def reviews_say_of_what(guide: Guide) -> Iterator[Problem]:
    """A review must have the fingerprint of what was reviewed; where that has changed since, a notice says so, and the page too."""
    known = guide.whole("criteria")  # otherwise nobody can say how urgent a sign is
    for thing, origin in _reviewed(guide):
        now, line = reviews.fingerprint(guide, thing), origin.line(("reviewed", "fingerprint"))
        if not thing.reviewed.fingerprint:
            by_hand = f", or add the line 'fingerprint: {now}' below 'due'" if known else ""
            tip = f"If the page was reviewed as it is now, type 'careguide sign {thing.singular}:{thing.id}'{by_hand}."
            yield Problem(origin.path, line, "reviewed.fingerprint must be given", tip)
        elif known and thing.reviewed.fingerprint != now:
            message = f"the page has changed since it was reviewed by {quoted(thing.reviewed.by)}"
            yield Problem(
                origin.path,
                line,
                message,
                "Ask for a new review; until then the page says that it has changed.",
                blocks=False,
            )


GUIDE_RULES: tuple[Callable[[Guide], Iterator[Problem]], ...] = (
    criteria_rest_on_authority,
    symptoms_carry_their_causes_signs,
    pages_show_their_signs,
    forbidden_things_say_do_not,
    pages_lead_on,
    sources_are_cited,
    reviews_say_of_what,
)


def _written(guide: Guide) -> Iterator[tuple[Any, Any]]:
    return ((thing, origin) for _, thing, origin in guide.all())


def _reviewed(guide: Guide) -> Iterator[tuple[Any, Any]]:
    return ((thing, origin) for thing, origin in _written(guide) if getattr(thing, "reviewed", None))


def _things(guide: Guide, kind: str) -> Iterator[tuple[Any, Any]]:
    return ((thing, guide.origins[kind, id]) for id, thing in guide.of(kind).items())
