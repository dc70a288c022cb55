"""A sheet and an edition → exactly the words and pictures of one PDF, as plain data for the template. What is cut for want of room is counted here, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from careguide.guide.page_paths import PdfFile, SheetLink
from careguide.handouts.build import FOLDER
from careguide.handouts.handout import Handout, Level, Remedy, Sign, Text, plain

PAPERS = ("a4", "letter")
"""The papers a sheet is cut for. The layout is one and the same."""


@dataclass(frozen=True)
class Edition:
    """One way to lay a sheet out."""

    name: Literal["standard", "large-print"]
    size: int
    """The smallest type on it, in points."""

    @property
    def large(self) -> bool:
        """Whether it is in large print: one column, and everything drawn anew at its size."""
        return self.name == "large-print"


EDITIONS = (Edition("standard", 12), Edition("large-print", 18))
_SIDES = {"symptom": (2, 6), "visit": (1, 4)}
"""The most sides of a kind, in standard and in large print; any other kind has one, and three."""
_LABELS = {
    "symptom": (
        "number",
        "advice",
        "now",
        "not_for",
        "sure",
        "ask",
        "avoid",
        "about",
        "name",
        "date",
        "circle",
        "teach",
        "teach_1",
        "teach_2",
        "teach_3",
    ),
    "diary": ("day", "started", "name", "tick", "tick_how"),
    "visit": ("asked", "ask"),
    "remedy": ("advice", "sure", "steps", "do", "dont", "not_for", "stop_if"),
}
"""The words each kind of sheet shows."""
_FOOT = 60
"""The longest address, in letters, beside which the content code has room in the footer; by a longer one it stands with the sources."""
_BRIEF = 3
"""How many signs the first box names on a sheet that is about something else; one less in the next."""
_PUBLISHERS = 4
"""How many publishers are named before the rest are counted."""


def sides(handout: Handout, edition: Edition) -> int:
    """The most sides a sheet may have."""
    return _SIDES.get(handout.kind, (1, 3))[edition.large]


def path(handout: Handout, edition: Edition, paper: str) -> str:
    """Where a PDF stands among all sheets: `rest/rest-a4.pdf`, `rest/rest-letter-large-print.pdf`."""
    return f"{handout.id}/{handout.id}-{paper}{'-large-print' if edition.large else ''}.pdf"


def content(
    handout: Handout, edition: Edition, words: Mapping[str, Any], drawings: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything the template shows. `drawings` are dataclasses with `svg` and `alt`, by name."""
    say, site = words["handout"], words["site"]
    where = str(say["below"] if handout.address else site["name"])
    every = say["labels"]["every"]
    page, code = (
        every["page"].format(page="\0", pages="\0").split("\0"),
        every["code"].format(code=handout.code),
    )
    apart = len(handout.address) > _FOOT
    language, _, region = str(site["language"]).partition("-")
    return {
        "kind": handout.kind,
        "large": edition.large,
        "language": language,
        "region": region,
        "direction": str(site["direction"]),
        "site": str(site["name"]),
        "brand": " · ".join(
            [site["name"], say["kinds"][handout.kind], *([every["scan"]] if handout.link else [])]
        ),
        "title": handout.title,
        "summary": _runs(handout.summary),
        "link": handout.link,
        "alt": say["qr"].format(link=handout.address),
        "foot": [each for each in (handout.address, *([] if apart else [code])) if each],
        "page": page,
        "levels": list(_levels(handout, edition)),
        "end": [
            *_elsewhere(handout, say, where),
            handout.review,
            str(site["disclaimer"]),
            *([f"{code}."] if apart else []),
        ],
        "words": {name: str(say["labels"][group][name]) for group, name in _labels(handout, edition)},
        **_body(handout, say, drawings),
    }


def _labels(handout: Handout, edition: Edition) -> Iterator[tuple[str, str]]:
    """The words a sheet shows, each with its group. The boxes have a heading of their own where there is room."""
    if handout.kind == "symptom" or edition.large:
        yield "every", "help"
    yield from ((handout.kind, name) for name in _LABELS[handout.kind])


def _shows(handout: Handout, level: Level) -> bool:
    """A symptom's handout shows every level; other sheets have no room for what can wait."""
    return handout.kind == "symptom" or level.place <= 2


def _named(handout: Handout, level: Level) -> tuple[Sign, ...]:
    """The signs that a box has room for, the most telling first: all on a symptom's handout, few on a sheet about something else."""
    if handout.kind == "symptom":
        return level.signs
    return level.signs[: _BRIEF if level.place == 1 else _BRIEF - 1] if _shows(handout, level) else ()


def _levels(handout: Handout, edition: Edition) -> Iterator[dict[str, Any]]:
    """The boxes, each with the signs that the sheet names."""
    for level in filter(lambda level: _shows(handout, level), handout.levels):
        # Below the worst level the title says all that there is to do.
        brief = level.place > 1 and not edition.large
        yield {
            "place": level.place,
            "style": level.style,
            "title": level.title,
            "do": "" if brief else level.do,
            "signs": [sign.text for sign in _named(handout, level)],
        }


def _body(handout: Handout, say: Mapping[str, Any], drawings: Mapping[str, Any]) -> dict[str, Any]:
    """What only sheets of its kind show."""
    match handout.kind:
        case "symptom":
            return {
                "remedies": [_remedy(each) for each in handout.remedies],
                "avoid": [_runs(each.dont[0] if each.dont else each.short) for each in handout.avoid],
                "scale": list(handout.scale),
                "ask": list(handout.ask),
            }
        case "diary":
            columns = [each.diary for each in handout.asked if each.diary]
            return {"columns": columns or [str(say["labels"]["diary"]["noticed"])]}
        case "visit":
            return {"asked": [each.question for each in handout.asked], "ask": list(handout.ask)}
        case "remedy":
            return {"remedies": [_remedy(each) | _alone(each, drawings) for each in handout.remedies]}


def _remedy(remedy: Remedy) -> dict[str, Any]:
    """What every sheet says of a remedy."""
    return {
        "title": remedy.title,
        "evidence": remedy.evidence,
        "times": [{"label": each.label, "text": _runs(each.text)} for each in remedy.times],
        "steps": [_runs(step.text) for step in remedy.steps],
        "not_for": list(map(_runs, remedy.not_for)),
        "stop_if": list(map(_runs, remedy.stop_if)),
    }


def _alone(remedy: Remedy, drawings: Mapping[str, Any]) -> dict[str, Any]:
    """What a remedy's own sheet says besides."""
    return {
        "verdict": remedy.verdict,
        "reason": remedy.reason,
        "pictures": [vars(drawings[step.picture]) for step in remedy.steps if step.picture in drawings],
        "do": list(map(_runs, remedy.do)),
        "dont": list(map(_runs, remedy.dont)),
    }


def _runs(text: Text) -> list[dict[str, Any]]:
    return list(map(vars, text))


def _elsewhere(handout: Handout, say: Mapping[str, Any], where: str) -> Iterator[str]:
    """What this sheet leaves out: signs that it has no room for, and all but the most used sources. Sheets to write on say nothing that needs a source of its own."""
    if left := sum(level.more + len(level.signs) - len(_named(handout, level)) for level in handout.levels):
        yield say["elsewhere"]["one" if left == 1 else "some"].format(count=left, place=where)
    if handout.kind in ("symptom", "remedy"):
        publishers = list(dict.fromkeys(source.publisher.partition(" (")[0] for source in handout.sources))
        named, rest = publishers[:_PUBLISHERS], publishers[_PUBLISHERS:]
        yield say["sources"]["more" if rest else "all"].format(
            names=", ".join(named), count=len(rest), place=where
        )


def files(sheet: Handout) -> list[PdfFile]:
    """The PDFs of a sheet."""
    found = ((edition, paper) for edition in EDITIONS for paper in PAPERS)
    return [
        PdfFile(
            f"{FOLDER}/{path(sheet, edition, paper)}",
            paper,
            edition.size,
            edition.large,
            sides(sheet, edition),
        )
        for edition, paper in found
    ]


def link_to(sheet: Handout) -> SheetLink:
    """A sheet, as a page that links to it needs it."""
    return SheetLink(
        sheet.id, sheet.kind, sheet.about, sheet.title, plain(sheet.summary), tuple(files(sheet))
    )
