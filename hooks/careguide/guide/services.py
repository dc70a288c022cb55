"""Numbers and services as texts refer to them.

`{call:advice}` stands for whatever that is where the reader lives.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from careguide.model.lists import Calls, Service, Urgency
from careguide.source import markup
from careguide.source.locations import with_texts

CALLS = tuple(Calls.model_fields)
"""What a text can refer to."""
FILLED = re.compile(r"\[[^\[\]]*\]\(call:(?P<call>[a-z]+)\)")
"""A reference that was filled: a link that carries a country's words."""
REFERENCE = re.compile(r"\{call:(?P<call>[a-z]+)\}")
"""A reference as it is written."""
_GAP = re.compile(r"(?<=\d) (?=\d)")
"""A space inside a number."""


def in_one_piece(words: str) -> str:
    """Words whose numbers are never parted at the end of a line: half a number is read as a whole one."""
    return _GAP.sub("\N{NO-BREAK SPACE}", words)


def words_for(service: Service, call: str) -> str:
    """What stands in a text for a reference, in this country."""
    return in_one_piece(getattr(service.call, call))


def number_for(service: Service, call: str) -> str:
    """The number to dial for a reference, where its words name one."""
    words = getattr(service.call, call)
    lines = [*getattr(service, call), *service.advice, *service.emergency]
    return next((line.number for line in lines if line.number and line.number in words), "")


def calls_of(service: Service) -> dict[str, list[str]]:
    """What stands for each reference in a country, and the number to dial for it."""
    return {call: [words_for(service, call), number_for(service, call)] for call in CALLS}


def references(service: Service | None) -> dict[str, str]:
    """What stands for each reference while the reader is unknown: a link with the first country's words."""
    return {call: f"[{words_for(service, call)}](call:{call})" for call in CALLS} if service else {}


def own_references(service: Mapping[str, Any]) -> dict[str, str]:
    """What stands for each reference in a country's own entry, as it is written: always that country's."""
    calls = service.get("call")
    if not isinstance(calls, dict):
        return {}
    found = {}
    for call, words in calls.items():
        number = _own_number(service, call, str(words))
        shown = in_one_piece(str(words))
        found[call] = f"[{shown}](tel:{number.replace(' ', '')})" if number else shown
    return found


def _own_number(service: Mapping[str, Any], call: str, words: str) -> str:
    """The number that words name. The call's own lines come first: 800 911 2000 must not dial 911."""
    for name in (call, *CALLS):
        for line in service.get(name) or ():
            number = line.get("number") if isinstance(line, dict) else None
            if number and str(number) in words:
                return str(number)
    return ""


def filled(value: Any, calls: Mapping[str, str]) -> Any:
    """A value with its references filled. One that nothing stands for is left, and the check names it."""

    def fill(text: str) -> str:
        if "{" not in text:  # as nearly always
            return text
        return REFERENCE.sub(lambda match: calls.get(match["call"], match.group()), text)

    return with_texts(value, fill)


def in_country(text: str, service: Service) -> str:
    """A text that was filled for the first country, with the words of another one in their place."""
    return FILLED.sub(lambda link: words_for(service, link["call"]), text)


def whom_to_call(level: Urgency, service: Service | None) -> str:
    """What to do at a level in a country, in bare words: its own sentence, or else what the level says."""
    if not service:
        return markup.plain(level.do)
    own = next((each.text for each in service.levels if each.level == level.id), "")
    return markup.plain(own or in_country(level.do, service))


def countries(services: Iterable[Service]) -> list[dict[str, Any]]:
    """Each country as a page's script needs it: id, names, regions, and what stands for each reference."""
    return [
        {
            "id": each.id,
            "country": each.country,
            "short": each.short,
            "regions": [each.id.upper(), *each.regions],
            "calls": calls_of(each),
        }
        for each in services
    ]
