"""Rules of safety over the guide: signs, sources, dates and reviews. A rule's docstring is the rule."""

import re
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from careguide.checks.sentences import ReaderText
from careguide.guide import reviews, selection
from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.model.kinds import thing_named
from careguide.model.lists import Amount, Term
from careguide.source import markup
from careguide.source.problems import Problem, quoted

AUTHORITY = {"guideline", "official-body"}
"""Kinds of source that a warning sign can rest on."""


def criteria_rest_on_authority(guide: Guide) -> Iterator[Problem]:
    """A sign must rest on a guideline or an official body, or say that its level is our own judgement."""
    for name, criterion in guide.criteria.items():
        sources = guide.pick("sources", criterion.sources)
        known = 0 < len(sources) == len(criterion.sources)  # else a problem says so already
        if known and AUTHORITY.isdisjoint(map(attrgetter("kind"), sources)) and not criterion.judgement:
            message = f"must have a guideline or an official body for {quoted(name)}"
            tip = "Add one, or write 'judgement: true': the page then says so."
            yield guide.origins["criteria", name].problem(("sources",), message, tip)


def symptoms_carry_their_causes_signs(guide: Guide) -> Iterator[Problem]:
    """A symptom must have every sign of the two worst levels of its causes, if its check can ask it."""
    urgent = guide.ladder.ids[:2]
    for name, symptom in guide.symptoms.items():
        known = {*symptom.meant_signs, *(each.sign for each in symptom.left_out)}
        for cause in guide.pick("causes", [each.cause for each in symptom.causes]):
            for criterion in guide.pick("criteria", cause.signs):
                contexts = guide.pick("contexts", criterion.context)
                can_ask = not contexts or any(not each.symptoms or name in each.symptoms for each in contexts)
                if criterion.level in urgent and criterion.id not in known and can_ask:
                    message = f"must have {quoted(criterion.id)}, because its cause {quoted(cause.id)} has it"
                    tip = "Add it to the list, or under 'left_out' with the reason."
                    yield guide.origins["symptoms", name].problem(("signs",), message, tip)


def pages_show_their_signs(guide: Guide) -> Iterator[Problem]:
    """What a symptom's page shows must be signs of the symptom."""
    for name, symptom in guide.symptoms.items():
        for index, sign in enumerate(symptom.shown):
            if sign not in symptom.meant_signs:
                message = f"must be one of the symptom's signs, not {quoted(sign)}"
                tip = "Add it to 'signs' too. Leave it out only if the check need not ask it."
                yield guide.origins["symptoms", name].problem(("shown", index), message, tip)


PAGES = ("causes", "remedies", "treatments", "investigations")
"""The kinds whose pages have a red line, and are found from a symptom."""
_NAMED = ("sources", "questions", "meanwhile", "places", "amounts", "glossary")
"""What readers find only where another thing names it, or a text says it."""


def entries_are_used(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """What nothing names is worth a notice: nobody finds it, and a source was not read."""
    named = set(guide.backlinks)
    for article in guide.articles.values():
        named.update(map(thing_named, markup.references(markup.without_code(article.body))))
    misspelt: set[str] = set()  # said elsewhere; the id that is meant may be one that is missed here
    for kind, id_ in named:
        if kind and id_ not in guide.of(kind):
            misspelt.add(kind)
    for kind, thing, origin in guide.all(PAGES if guide.whole("symptoms") else ()):
        if not (kind in misspelt or thing.draft or guide.linked(kind, thing.id, "symptoms")):
            yield _unused(origin, thing.id, "no symptom")
    said = "\n".join(each.text for each in texts if each.field not in ("amount", "term", "meaning")).lower()
    for kind, thing, origin in guide.all(_NAMED if guide.whole() else ()):
        if not (kind in misspelt or thing.draft or (kind, thing.id) in named or _is_said(thing, said)):
            yield _unused(origin, thing.id, "nothing")
    said += " ".join(selection.all_medicines(guide)).lower()
    for place, name in enumerate(guide.vocabulary.names if guide.whole() else ()):
        if name.lower() not in said:
            yield _unused(Origin(guide.reading_file, ("names", place)), name, "no text")


def _is_said(thing: Any, said: str) -> bool:
    """Whether texts link to a thing or have its words, or people type them in a search."""
    words = [f"({thing.singular}:{thing.id})"]
    if isinstance(thing, Term):
        words += [thing.term, *thing.forms]
        if thing.search_words:
            return True
    elif isinstance(thing, Amount):
        words += thing.about
        if thing.amount.lower() not in said:
            return False
    return any(word.lower() in said for word in words)


def _unused(origin: Origin, name: str, by: str) -> Problem:
    message = f"{quoted(name)} must be used, but {by} names it"
    return origin.problem((), message, "Name it where it belongs, or delete it.", blocks=False)


def red_lines_are_emergencies(guide: Guide) -> Iterator[Problem]:
    """The red line of a page must name emergency signs only."""
    for _, thing, origin in guide.all(PAGES):
        for index, sign in enumerate(thing.red):
            level = guide.criteria[sign].level if sign in guide.criteria else ""
            if level in guide.ladder.ids[1:]:
                message = f"must be a sign of the worst level, but {quoted(sign)} is {quoted(level)}"
                tip = "Is its level too low? If not, put it under 'signs' of a section."
                yield origin.problem(("red", index), message, tip)


def dangers_can_be_searched_for(guide: Guide) -> Iterator[Problem]:
    """A sign of the worst level must have words that people type, because a search shows it by them alone."""
    for name, criterion in guide.criteria.items():
        worst = criterion.level == guide.ladder.worst
        if worst and not (criterion.draft or criterion.search_words):
            message = "a sign of the worst level must have search_words, or no search shows it first"
            tip = "Write what people type to whom it happens: search_words: [can't breathe, short of breath]."
            yield guide.origins["criteria", name].problem((), message, tip, blocks=False)


def sources_are_looked_at_again(guide: Guide) -> Iterator[Problem]:
    """Pages move and change, so the day on which each source was last seen is worth knowing: one notice."""
    sources = [each for each in guide.sources.values() if not each.draft]
    unseen = [each for each in sources if not each.last_checked]
    if unseen and guide.whole("sources"):
        message = f"{len(unseen)} of {len(sources)} sources have no last_checked"
        tip = "Open the page of one, compare what is cited to it, and write the day down. Never guess a day."
        yield guide.origins["sources", unseen[0].id].problem((), message, tip, blocks=False)


_NO_AUTHORITY = re.compile(
    r"\b(?:shop|shopping|store|amazon|ebay|etsy|alibaba|wikipedia|wikihow|youtube|facebook|instagram|tiktok|reddit"
    r"|quora|twitter|pinterest|blog|blogspot|wordpress|substack|webmd|buy|boots|superdrug|walgreens|linkedin"
    r"|daily mail|mail online|dailymail|the sun|daily mirror|magazine|chatgpt|openai)\b",
    re.IGNORECASE,
)


def authorities_are_none_who_sell(guide: Guide) -> Iterator[Problem]:
    """A shop, a blog or a page that anybody can write must not be called an official body or a guideline."""
    for name, source in guide.sources.items():
        host = re.sub(r"[./-]", " ", source.url.partition("://")[2].partition("/")[0])
        found = _NO_AUTHORITY.search(f"{source.publisher} {host}")
        if found and source.kind in AUTHORITY:
            message = f"must not be {quoted(source.kind)}, because of {quoted(found.group())}"
            tip = "Choose the kind that fits, such as 'reference', and cite a health service for each sign."
            yield guide.origins["sources", name].problem(("kind",), message, tip)


_NO_PUBLISHER = re.compile(
    r"https://(?:www\.)?(?:google\.[a-z.]+/(?:search|url)|bing\.com/search|duckduckgo\.com|[\w-]+\.translate\.goog"
    r"|web\.archive\.org|archive\.(?:org/web|ph|is|today)|webcache\.\w+|[\w.-]*proxy[\w.-]*\.\w+/"
    r"|(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|example\.(?:com|org|net)|chatgpt\.com|chat\.openai\.com)/)"
)
_NO_NAME = re.compile(
    r"(?:n/?a|none|null|unknown|todo|tbd|tbc|fixme|untitled|xxx+|anonymous|(?:the )?publisher|title|name)\.?",
    re.IGNORECASE,
)


def sources_are_their_publishers_own(guide: Guide) -> Iterator[Problem]:
    """A source must lead to its publisher's own page, and be named in words."""
    for name, source in guide.sources.items():
        origin = guide.origins["sources", name]
        if _NO_PUBLISHER.match(source.url):
            message = f"must be the publisher's own page, not {quoted(source.url)}"
            yield origin.problem(("url",), message, "Follow it, and copy the address that the browser shows.")
        for field in ("title", "publisher"):
            if re.match(r"https?://|www\.", value := getattr(source, field)) or _NO_NAME.fullmatch(value):
                message = f"must be a name in words, not {quoted(value)}"
                yield origin.problem((field,), message, "Write it as the page says it.")


def reviews_say_of_what(guide: Guide) -> Iterator[Problem]:
    """A review must have the fingerprint of what was reviewed; where that has changed, a notice says so."""
    known = guide.whole("criteria")  # otherwise nobody can say how urgent a sign is
    for thing, review, origin in reviews.reviewed(guide):
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
    authorities_are_none_who_sell,
    sources_are_their_publishers_own,
    pages_show_their_signs,
    sources_are_looked_at_again,
    reviews_say_of_what,
)
LEVEL_RULES = (symptoms_carry_their_causes_signs, red_lines_are_emergencies, dangers_can_be_searched_for)
"""Those that ask how urgent a sign is. Without a ladder nothing is, and that is said elsewhere."""
