"""A sheet and an edition → all words and pictures of one PDF, as plain data for the template.

What is left out for want of room is counted here, in words. The web page of a sheet shows the same data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from careguide.guide.guide import Guide
from careguide.guide.page_paths import PdfFile, SheetLink
from careguide.guide.words import Words
from careguide.handouts.drawings import Drawing
from careguide.handouts.handout import FOLDER, Handout, Level, Section, Sign, plain
from careguide.model.site import Site
from careguide.source.cache import digest

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
_SIDES = {"symptom": (2, 6), "diary": (1, 3), "visit": (1, 4), "remedy": (2, 4)}
"""The most sides of each kind, in standard and in large print."""
_LABELS = {
    "symptom": "number advice causes now ask avoid about name date circle teach teach_1 teach_2 teach_3",
    "diary": "day started name tick tick_how",
    "visit": "asked ask",
    "remedy": "",
}
"""The interface words that each kind of sheet shows, by name."""
_FOOT = 60
"""The longest address, in letters, beside which the content code has room in the footer."""
_PUBLISHERS = 4
"""How many publishers are named before the rest are counted."""
_BRIEF = 3
"""How many signs the first box names on a sheet that is about something else; one less in the next."""
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 digits: none is easily taken for another when a code is read aloud or typed."""


def sides(handout: Handout, edition: Edition) -> int:
    """The most sides a sheet may have."""
    standard, large = _SIDES[handout.kind]
    return large if edition.large else standard


def path(handout: Handout, edition: Edition, paper: str) -> str:
    """Where a PDF stands among all sheets: `rest/rest-a4.pdf`, `rest/rest-letter-large-print.pdf`."""
    return f"{handout.id}/{handout.id}-{paper}{'-large-print' if edition.large else ''}.pdf"


def files(sheet: Handout) -> list[PdfFile]:
    """The PDFs of a sheet."""
    return [
        PdfFile(
            f"{FOLDER}/{path(sheet, edition, paper)}",
            paper,
            edition.size,
            edition.large,
            sides(sheet, edition),
        )
        for edition in EDITIONS
        for paper in PAPERS
    ]


def link_to(sheet: Handout) -> SheetLink:
    """A sheet, as a page that links to it needs it."""
    return SheetLink(
        sheet.id, sheet.kind, sheet.about, sheet.title, plain(sheet.summary), tuple(files(sheet))
    )


def content(
    handout: Handout, edition: Edition, guide: Guide, drawings: Mapping[str, Drawing]
) -> dict[str, Any]:
    """Everything the template shows."""
    site, words = guide.site, guide.words
    code = words.text("handout.labels.every.code", code=handout.code)
    code_in_foot = len(handout.address) <= _FOOT
    language, _, region = site.language.partition("-")
    brand = [site.name, words.text(f"handout.kinds.{handout.kind}")]
    foot = [handout.address] if handout.address else []
    end = [
        *_left_out(handout, guide),
        handout.review,
        words.text("site.disclaimer", name=site.name),
        *_publisher(site),
    ]
    if handout.link:
        brand.append(words.text("handout.labels.every.scan"))
    if code_in_foot:
        foot.append(code)
    else:
        end.append(f"{code}.")
    return {
        "kind": handout.kind,
        "large": edition.large,
        "language": language,
        "region": region,
        "direction": site.direction,
        "site": site.name,
        "brand": " · ".join(brand),
        "title": handout.title,
        "summary": _plain_data(handout.summary),
        "link": handout.link,
        "alt": words.text("handout.qr", link=handout.address),
        "foot": foot,
        "page": _page_count(words),
        "levels": [_level_box(level, handout) for level in handout.levels if _shows(handout, level)],
        "causes": [_plain_data(each) for each in handout.causes],
        "remedies": [_plain_data(each) for each in handout.remedies],
        "sections": [_section(each, drawings) for each in handout.sections],
        "avoid": [_plain_data(each) for each in handout.avoid],
        "scale": list(handout.scale),
        "asked": list(handout.asked),
        "ask": list(handout.ask),
        "end": end,
        "words": _labels(handout, edition, words),
    }


def _page_count(words: Words) -> list[str | int]:
    """The page's number in the footer, piece by piece in the order of the language.

    0 stands for the number of the page, 1 for how many there are: only the typesetter knows them.
    """
    mark = "\0"  # no text has it
    text = words.text("handout.labels.every.page", page=f"{mark}0{mark}", pages=f"{mark}1{mark}")
    return [int(piece) if place % 2 else piece for place, piece in enumerate(text.split(mark))]


def anywhere(handout: Handout) -> Handout:
    """The sheet as it would be at an address that fills the footer, whether or not the site has one."""
    address = "guide.example/".ljust(_FOOT, "x")
    return replace(handout, address=address, link=f"https://{address}")


def coded(handout: Handout, guide: Guide, drawings: Mapping[str, Drawing]) -> Handout:
    """The sheet with its content code, also in its link.

    The code stands for what a reader sees in any edition; the web page shows what the large one does. Where
    the sheet stands on the web, when it was checked and how far it has been reviewed may change without a new
    code.
    """
    bare = replace(anywhere(handout), review="", checked="", code="")
    seen = digest([content(bare, edition, guide, drawings) for edition in EDITIONS])
    number = int(seen[:10], 16)  # 40 bits: eight digits of five bits
    code = "".join(_DIGITS[number >> shift & 31] for shift in range(35, -1, -5))
    return replace(handout, code=code, link=handout.link and f"{handout.link}#{code}")


def _labels(handout: Handout, edition: Edition, words: Words) -> dict[str, str]:
    """The interface words a sheet shows. The boxes have a heading of their own where there is room."""
    names = [name for name in _LABELS[handout.kind].split() if _has(handout, name)]
    shown = {name: words.text(f"handout.labels.{handout.kind}.{name}") for name in names}
    if handout.kind == "symptom" or (edition.large and (handout.levels or handout.kind != "remedy")):
        shown["help"] = words.text("handout.labels.every.help")
    return shown


def _has(handout: Handout, label: str) -> bool:
    """Whether a sheet has what this interface word stands above or beside."""
    match label:
        case "now":
            return bool(handout.remedies)
        case "avoid" | "ask" | "asked":
            return bool(getattr(handout, label))
    return True


def _shows(handout: Handout, level: Level) -> bool:
    """Whether a sheet shows a level. Only a symptom's handout has room for what can wait."""
    return handout.kind == "symptom" or level.number <= 2


def _named(level: Level, handout: Handout) -> tuple[Sign, ...]:
    """The signs that a box has room for: all on a symptom's handout, few on a sheet about something else."""
    if handout.kind == "symptom":
        return level.signs
    return level.signs[: _BRIEF + 1 - level.number] if _shows(handout, level) else ()


def _level_box(level: Level, handout: Handout) -> dict[str, Any]:
    """A box with its signs. Below the worst level its title says all that there is to do."""
    return {
        "number": level.number,
        "style": level.style,
        "title": level.title,
        "do": level.do,
        "signs": [sign.text for sign in _named(level, handout)],
    }


def _section(section: Section, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    """A section, with its drawings beside its steps."""
    shown: dict[str, Any] = _plain_data(section)
    shown["steps"] = [step["text"] for step in shown["steps"]]
    shown["pictures"] = [vars(drawings[step.picture]) for step in section.steps if step.picture in drawings]
    return shown


def _plain_data(value: Any) -> Any:
    """A part of a sheet as JSON has it, without ids, which only tell versions apart."""
    if is_dataclass(value):
        inner = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "id"}
        return {name: _plain_data(each) for name, each in inner.items()}
    return [_plain_data(each) for each in value] if isinstance(value, tuple) else value


def _publisher(site: Site) -> Iterator[str]:
    """Who hands the sheet out, where the guide says where they are."""
    if reached := [each for each in (site.address, site.phone) if each]:
        yield f"{' · '.join([site.owner, *reached])}."


def _left_out(handout: Handout, guide: Guide) -> Iterator[str]:
    """How many signs a sheet leaves out, and its sources, of which it names the most used.

    Sheets to write on say nothing that needs a source of its own.
    """
    words = guide.words
    where = words.text("handout.below") if handout.address else guide.site.name
    left = sum(level.more + len(level.signs) - len(_named(level, handout)) for level in handout.levels)
    if left:
        count = "one" if left == 1 else "some"
        yield words.text(f"handout.elsewhere.{count}", count=left, place=where)
    if handout.kind in ("symptom", "remedy"):
        named, rest = handout.publishers[:_PUBLISHERS], handout.publishers[_PUBLISHERS:]
        extent = "more" if rest else "all"
        names = ", ".join(named)
        yield words.text(f"handout.sources.{extent}", names=names, count=len(rest), place=where)
