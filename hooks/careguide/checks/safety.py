"""Rules of safety over the guide: signs, sources, dates and reviews. A rule's docstring is the rule."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from careguide.guide import reviews
from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.model.topics import Review, Topic
from careguide.source import markup
from careguide.source.locations import Loc
from careguide.source.problems import Problem, quoted

_AUTHORITY = {"guideline", "official-body"}
"""Kinds of source that a warning sign can rest on."""


def criteria_rest_on_authority(guide: Guide) -> Iterator[Problem]:
    """Every warning sign must have a source that is a guideline or an official body.

    Otherwise it says that its level is our own judgement.
    """
    for name, criterion in guide.criteria.items():
        kinds = {source.kind for source in guide.pick("sources", criterion.sources)}
        if kinds and not kinds & _AUTHORITY and not criterion.judgement:
            message = f"must have a guideline or an official body for {quoted(name)}"
            tip = "Add one, or write 'judgement: true': the page then says so."
            yield guide.origins["criteria", name].problem(("sources",), message, tip)


def symptoms_carry_their_causes_signs(guide: Guide) -> Iterator[Problem]:
    """A symptom must have every sign of the two worst levels of its causes, if its check can ask it."""
    if not guide.urgency or not guide.whole("urgency"):
        return
    urgent = guide.ladder.ids[:2]
    for name, symptom in guide.symptoms.items():
        for cause in guide.pick("causes", symptom.causes):
            for criterion in guide.pick("criteria", cause.criteria):
                contexts = guide.pick("contexts", criterion.context)
                can_ask = not contexts or any(not each.symptoms or name in each.symptoms for each in contexts)
                if criterion.level in urgent and criterion.id not in symptom.signs and can_ask:
                    message = f"must have {quoted(criterion.id)}, because its cause {quoted(cause.id)} has it"
                    yield guide.origins["symptoms", name].problem(("signs",), message, "Add it to the list.")


def pages_show_their_signs(guide: Guide) -> Iterator[Problem]:
    """What a symptom's page shows must be signs of the symptom."""
    for name, symptom in guide.symptoms.items():
        for index, sign in enumerate(symptom.shown):
            if sign not in symptom.signs:
                message = f"must be one of the symptom's signs, not {quoted(sign)}"
                tip = "Add it to 'signs' too, or leave it out."
                yield guide.origins["symptoms", name].problem(("shown", index), message, tip)


def forbidden_things_say_do_not(guide: Guide) -> Iterator[Problem]:
    """Every line of a list of what not to do must start with 'Do not', so that it is safe to read alone."""
    for name, remedy in guide.remedies.items():
        for index, statement in enumerate(remedy.dont):
            if not statement.text.startswith("Do not "):
                message = f"must start with 'Do not', not {quoted(statement.text)}"
                tip = "Say the whole of it: 'Do not press hard.'"
                yield guide.origins["remedies", name].problem(("dont", index, "text"), message, tip)


def pages_lead_on(guide: Guide) -> Iterator[Problem]:
    """Every cause must lead to an action or a warning sign, and every remedy to a cause."""
    for name, cause in guide.causes.items():
        if not (cause.draft or cause.remedies or cause.treatments or cause.investigations or cause.criteria):
            message = "a cause must have a remedy, a treatment, an investigation or a criterion"
            yield guide.origins["causes", name].problem((), message, "Say what a reader can do next.")
    if guide.whole("causes"):
        for name, remedy in guide.remedies.items():
            if not remedy.draft and not guide.linked("remedies", name, "causes"):
                message = "a remedy must be named by at least one cause"
                tip = "Add it to the remedies of a cause it helps with."
                yield guide.origins["remedies", name].problem((), message, tip)


def sources_are_cited(guide: Guide) -> Iterator[Problem]:
    """Every source in the list must be cited: readers are told that the guide is based on all of them."""
    if not guide.whole():
        return
    cited = {name for kind, name in guide.backlinks if kind == "sources"}
    for article in guide.articles.values():
        references = markup.references(markup.without_code(article.body))
        cited.update(each.id for each in references if each.singular == "source")
    for name, source in guide.sources.items():
        if not source.draft and name not in cited:
            message = f"a source must be cited, but {quoted(name)} is not"
            yield guide.origins["sources", name].problem(
                (), message, "Cite it where it was used, or delete it."
            )


def dates_are_past(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """What has been checked or reviewed was checked or reviewed in the past."""
    for _, thing, origin in guide.all():
        review = getattr(thing, "reviewed", None)
        dates: list[tuple[Loc, datetime.date | None]] = [(("checked",), getattr(thing, "checked", None))]
        if review:
            dates.append((("reviewed", "on"), review.on))
        for loc, date in dates:
            if date and date > today:
                message = f"must not be in the future, but is {quoted(date)}"
                yield origin.problem(loc, message, "Write the day on which it really happened.")


def reviews_are_due(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """A review that is past its date is worth a notice; the page says so too."""
    for _, review, origin in _reviewed(guide):
        if review.due < today:
            message = f"was {quoted(review.due)}"
            yield origin.problem(("reviewed", "due"), message, "Ask for a new review.", blocks=False)


def reviews_say_of_what(guide: Guide) -> Iterator[Problem]:
    """A review must have the fingerprint of what was reviewed.

    Where that has changed since, a notice says so, and the page too.
    """
    known = guide.whole("criteria")  # otherwise nobody can say how urgent a sign is
    for thing, review, origin in _reviewed(guide):
        now, loc = reviews.fingerprint(guide, thing), ("reviewed", "fingerprint")
        if not review.fingerprint:
            tip = f"If the page was reviewed as it is now, type 'careguide sign {thing.singular}:{thing.id}'"
            if known:
                tip += f", or add the line 'fingerprint: {now}' below 'due'"
            yield origin.problem(loc, "must be given", f"{tip}.")
        elif known and review.fingerprint != now:
            message = f"the page has changed since it was reviewed by {quoted(review.by)}"
            tip = "Ask for a new review; until then the page says that it has changed."
            yield Problem(origin.path, origin.line(loc), message, tip, blocks=False)


GUIDE_RULES: tuple[Callable[[Guide], Iterator[Problem]], ...] = (
    criteria_rest_on_authority,
    symptoms_carry_their_causes_signs,
    pages_show_their_signs,
    forbidden_things_say_do_not,
    pages_lead_on,
    sources_are_cited,
    reviews_say_of_what,
)


def _reviewed(guide: Guide) -> Iterator[tuple[Topic, Review, Origin]]:
    """What somebody has reviewed: only what has a page can be."""
    for _, thing, origin in guide.all():
        if isinstance(thing, Topic) and thing.reviewed:
            yield thing, thing.reviewed, origin
