"""The command line, for numbers to call: which are old, and which no official page confirms."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from careguide.guide import due, loader
from careguide.guide.guide import Guide
from careguide.model.lists import Service


def listed(options: argparse.Namespace, root: Path) -> int:
    """Show each country, what is old and what nobody has confirmed. Exit 1 where a number is old."""
    guide = loader.load(root)[0]
    wanting, any_old = 0, False
    for service in guide.services.values():
        old = due.state(guide, service, options.today) in ("late", "withdrawn")
        says = f"checked {service.checked}, {'was due' if old else 'due'} {due.due(guide, service)}"
        print(f"{service.id}: {service.country}: {says}{', OLD' if old else ''}")
        for each in _unconfirmed(guide, service):
            print(f"  {each}")
            wanting += 1
        any_old = any_old or old
    print(f"{len(guide.services)} countries; {wanting} times nobody has confirmed whom to call.")
    return int(any_old)


def _unconfirmed(guide: Guide, service: Service) -> Iterator[str]:
    """What readers of a country are not told, or told without a page of that country that says so."""
    told = {each.level for each in service.levels}
    for level in guide.ladder.levels[:-1]:
        if level.id not in told:
            yield f"no official page says whom to turn to for: {level.level}"
    for kind in ("advice", "poison", "crisis"):
        if not getattr(service, kind):
            yield f"no number for: {guide.words.text(f'services.{kind}')}"
