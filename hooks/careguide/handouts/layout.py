"""A sheet and an edition → all words and pictures of one PDF, as plain data for the template.

What is left out for want of room is counted here, in words. The web page of a sheet shows the same data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from careguide.guide import foreign, services
from careguide.guide.guide import Guide
from careguide.guide.page_paths import PdfFile, SheetLink
from careguide.guide.words import Words
from careguide.handouts.drawings import Drawing
from careguide.handouts.handout import FOLDER, Handout, Level, plain
from careguide.model.languages import Language
from careguide.source.digests import digest
from careguide.source.locations import with_texts

PAPERS = ("a4", "letter")
"""The papers a sheet is cut for. The layout is one and the same."""


@dataclass(frozen=True)
class Edition:
    """One way to lay a sheet out."""

    name: Literal["standard", "large-print"]
    size: int
    """The smallest type on it, in points."""
    large: bool
    """Whether it is in large print: one column, and everything drawn anew at its size."""


EDITIONS = (Edition("standard", 12, large=False), Edition("large-print", 18, large=True))
_WHOLE = ("symptom", "bilingual")
"""The kinds that name all signs of a symptom."""
_SIDES = {"symptom": (2, 6), "bilingual": (4, 4), "diary": (1, 3), "visit": (1, 4), "remedy": (2, 4)}
"""The most sides of each kind, in standard and in large print."""
_AS_IT_IS = "kind title summary link causes remedies sections avoid scale asked ask"
"""What a sheet shows as it is, by name."""
_LABELS = {
    "symptom": "number advice causes now ask avoid about name date circle teach teach_1 teach_2 teach_3",
    "bilingual": "causes now ask avoid teach teach_1 teach_2 teach_3",
    "diary": "day started name tick tick_how",
    "visit": "asked ask",
    "remedy": "",
}
"""The interface words that each kind of sheet shows, by name."""
_NEEDS = {"now": "remedies", "avoid": "avoid", "ask": "ask", "asked": "asked"}
"""What some of these words stand above: without it they are left out."""
_SPOKEN = "summary levels causes remedies avoid ask end"
"""What may be in the original's language on a translated sheet in two languages, by name."""
_FOOT = 60
"""The longest address, in letters, beside which the content code has room in the footer."""
_PUBLISHERS = 4
"""How many publishers are named before the rest are counted."""
_BRIEF = {1: 3, 2: 2}
"""How many signs the first two boxes name on a sheet that is about something else; it has no others."""
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 digits: none is easily taken for another when a code is read aloud or typed."""


def editions(handout: Handout) -> tuple[Edition, ...]:
    """The editions of a sheet. Two languages side by side have no room for large print: each has its own."""
    return EDITIONS[:1] if handout.beside else EDITIONS


def sides(handout: Handout, edition: Edition) -> int:
    """The most sides a sheet may have."""
    standard, large = _SIDES[handout.kind]
    return large if edition.large else standard


def path(handout: Handout, edition: Edition, paper: str) -> str:
    """Where a PDF stands among all sheets: `rest/rest-a4.pdf`, `rest/rest-letter-large-print.pdf`."""
    name = handout.id.rpartition("/")[2]
    return f"{handout.id}/{name}-{paper}{'-large-print' if edition.large else ''}.pdf"


def files(sheet: Handout) -> Iterator[PdfFile]:
    """The PDFs of a sheet; none where it is only on the web."""
    for edition in editions(sheet) if sheet.printable else ():
        for paper in PAPERS:
            place = f"{FOLDER}/{path(sheet, edition, paper)}"
            yield PdfFile(place, paper, edition.size, edition.large, sides(sheet, edition))


def link_to(sheet: Handout) -> SheetLink:
    """A sheet, as a page that links to it needs it."""
    summary = plain(sheet.summary)
    pdfs = () if sheet.withdrawn else tuple(files(sheet))
    return SheetLink(sheet.id, sheet.kind, sheet.about, sheet.title, summary, pdfs, sheet.withdrawn)


def links_beside(sheets: Iterable[Handout]) -> Iterator[SheetLink]:
    """Those of a translation's sheets that are in two languages, as a page of the original needs them."""
    for sheet in sheets:
        if beside := sheet.beside:
            summary = plain(beside.summary)
            yield replace(link_to(sheet), title=beside.title, summary=summary, withdrawn=beside.withdrawn)


def content(
    handout: Handout, edition: Edition, guide: Guide, drawings: Mapping[str, Drawing]
) -> dict[str, Any]:
    """Everything the template shows; of a sheet in two languages, the original's under 'beside'."""
    made = _content(handout, edition, guide, drawings)
    if handout.beside and guide.translation:
        original, other = guide.translation.original, guide.site.locale
        beside = _content(handout.beside, edition, original, drawings, other)
        for name in ("alt", "foot", "link", "page"):  # a sheet has one code, and one foot
            del beside[name]
        made["beside"] = beside
    return made


def _content(
    handout: Handout,
    edition: Edition,
    guide: Guide,
    drawings: Mapping[str, Drawing],
    other: Language | None = None,
) -> dict[str, Any]:
    """The same in one language; `other` is that of the translation beside it."""
    site, words = guide.site, guide.words
    whole = asdict(handout)
    for advice in (*whole["remedies"], *whole["avoid"]):
        del advice["id"]  # it only tells versions apart
    for section in whole["sections"]:
        names = section["pictures"]
        section["pictures"] = [vars(drawings[name]) for name in names if name in drawings]
    brand = [site.name, words.text(f"handout.kinds.{handout.kind}")]
    if handout.link:
        brand.append(words.text("handout.labels.every.scan"))
    foot = [handout.address] if handout.address else []
    end = [*_left_out(handout, guide), handout.review, words.text("site.disclaimer", name=site.name)]
    if guide.translation:
        end.append(words.text("translation.unreviewed", language=guide.original_language))
    if other:
        end.append(words.text("translation.beside", language=site.locale.name_of(other)))
    reached = list(filter(None, (site.address, site.phone)))
    if reached:
        end.append(f"{' · '.join([site.owner, *reached])}.")
    code = words.text("handout.labels.every.code", code=handout.code)
    if len(handout.address) <= _FOOT:
        foot.append(code)
    else:
        end.append(f"{code}.")
    return {
        **{name: whole[name] for name in _AS_IT_IS.split()},
        "large": edition.large,
        "language": site.locale.base,
        "region": site.locale.region,
        "direction": site.locale.direction,
        "site": site.name,
        "brand": " · ".join(brand),
        "alt": words.text("handout.qr", link=handout.address),
        "foot": foot,
        "page": _page_count(words),
        "levels": list(_boxes(handout)),
        "end": end,
        "words": {**_labels(handout, edition, words), **_only_number(handout, guide)},
    }


def on_paper(
    handout: Handout, edition: Edition, guide: Guide, drawings: Mapping[str, Drawing]
) -> dict[str, Any]:
    """The same for paper, which does not mark what is in another language."""
    made = content(handout, edition, guide, drawings)
    shown: dict[str, Any] = with_texts(made, foreign.without)
    if handout.beside:  # there both languages are told apart
        shown |= {name: made[name] for name in _SPOKEN.split()}
    return shown


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
    return _in_each(handout, address=address, link=f"https://{address}")


def _in_each(handout: Handout, **changes: Any) -> Handout:
    """A sheet with some values changed, in each of its languages."""
    beside = handout.beside and replace(handout.beside, **changes)
    return replace(handout, **changes, beside=beside)


def coded(handout: Handout, guide: Guide, drawings: Mapping[str, Drawing]) -> Handout:
    """The sheet with its content code, also in its link.

    The code stands for what a reader sees in any edition; the web page shows what the large one does. Where
    the sheet stands on the web, when it was checked and how far it has been reviewed may change without a new
    code.
    """
    bare = _in_each(anywhere(handout), review="", checked="", code="")
    seen = digest([content(bare, edition, guide, drawings) for edition in editions(handout)])
    number = int(seen[:10], 16)  # 40 bits: eight digits of five bits
    code = "".join(_DIGITS[number >> shift & 31] for shift in range(35, -1, -5))
    return _in_each(handout, code=code, link=handout.link and f"{handout.link}#{code}")


def _labels(handout: Handout, edition: Edition, words: Words) -> dict[str, str]:
    """The interface words a sheet shows. The boxes have a heading of their own where there is room."""
    shown = {}
    for name in _LABELS[handout.kind].split():
        if name not in _NEEDS or getattr(handout, _NEEDS[name]):
            kind = "symptom" if handout.kind == "bilingual" else handout.kind
            shown[name] = words.text(f"handout.labels.{kind}.{name}")
    if handout.kind in _WHOLE or (edition.large and (handout.levels or handout.kind != "remedy")):
        shown["help"] = words.text("handout.labels.every.help")
    return shown


def _only_number(handout: Handout, guide: Guide) -> dict[str, str]:
    """The label of the emergency number with the number itself, where the guide is for one country alone."""
    if handout.kind != "symptom" or len(guide.services) != 1:
        return {}
    (service,) = guide.services.values()
    label = guide.words.text("handout.labels.symptom.number")
    return {"number": f"{label}: {services.words_for(service, 'emergency')}"}


def _named(level: Level, handout: Handout) -> list[str]:
    """The signs that a box has room for: all on a symptom's handout, few on a sheet about something else."""
    signs = list(level.signs.values())
    return signs if handout.kind in _WHOLE else signs[: _BRIEF.get(level.number, 0)]


def _boxes(handout: Handout) -> Iterator[dict[str, Any]]:
    """The boxes with their signs. Only a symptom's handout has room for what can wait."""
    for level in handout.levels:
        if handout.kind in _WHOLE or level.number in _BRIEF:
            yield {
                "number": level.number,
                "style": level.style,
                "title": level.title,
                "do": level.do,
                "signs": _named(level, handout),
            }


def _left_out(handout: Handout, guide: Guide) -> Iterator[str]:
    """How many signs a sheet leaves out, and its most used sources, where it says what needs any."""
    words = guide.words
    where = words.text("handout.below") if handout.address else guide.site.name
    left = sum(level.more + len(level.signs) - len(_named(level, handout)) for level in handout.levels)
    if left:
        count = "one" if left == 1 else "some"
        yield words.text(f"handout.elsewhere.{count}", count=left, place=where)
    if handout.kind in (*_WHOLE, "remedy"):
        named, rest = handout.publishers[:_PUBLISHERS], handout.publishers[_PUBLISHERS:]
        extent = "more" if rest else "all"
        names = ", ".join(named)
        yield words.text(f"handout.sources.{extent}", names=names, count=len(rest), place=where)
