"""The printed sheets as a reader, a screen reader, a photocopier and a phone's camera meet them."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import careguide
import pikepdf
import pypdfium2 as pdfium
import pytest
import segno
import zxingcpp
from careguide import styling, typesetting
from careguide.handouts import build, drawings, layout, pdf
from careguide.handouts import handout as handout_module
from conftest import EXAMPLE, TODAY, Project, changed, load, published
from pypdf import PdfReader

SITE = "https://guide.example/"
MOST_BYTES = 150_000
ONE_BIT = 128
"""From which grey a printer without greys leaves the paper white."""


@dataclass(frozen=True)
class Printed:
    """One PDF of a guide."""

    handout: handout_module.Handout
    edition: layout.Edition
    paper: str
    bytes: bytes
    content: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.handout.id} {self.paper} {self.edition.name}"

    @cached_property
    def document(self) -> pikepdf.Pdf:
        """Its structure."""
        return pikepdf.open(io.BytesIO(self.bytes))

    @cached_property
    def pages(self) -> list[pdfium.PdfPage]:
        """Its sides."""
        return list(pdfium.PdfDocument(self.bytes))


def printed(root: Path) -> list[Printed]:
    """Every PDF of a guide."""
    # This guide goes on: what was written today must not lie in the future.
    made = careguide.build(root, today=TODAY, site_url=SITE) if root == EXAMPLE else published(root)
    files, misfits = careguide.pdfs(made, root)
    pictures = drawings.printed(root)
    # A text may be changed without a new record of its sheets: what does not block turns no test red.
    assert [] == [each for each in (*made.problems, *misfits) if each.blocks]
    assert made.handouts
    return [
        Printed(
            each,
            edition,
            size,
            files.pop(layout.path(each, edition, size)),
            layout.on_paper(each, edition, made.editions[each.language], pictures),
        )
        for each in made.handouts
        for edition in layout.editions(each)
        for size in layout.PAPERS
    ]


@pytest.fixture(scope="session")
def sheets(guide_root: Path) -> list[Printed]:
    """Every PDF of the guide."""
    return printed(guide_root)


@pytest.fixture(scope="session")
def symptom(sheets: list[Printed]) -> Printed:
    """The handout of a symptom, in standard print on Letter."""
    letter = [each for each in sheets if str(each).endswith("letter standard")]
    return next(each for each in letter if each.handout.kind == "symptom" and each.handout.avoid)


# ------------------------------------------------------------------------------------------------------------
# Paper


def test_every_sheet_keeps_to_its_sides_on_both_papers(sheets: list[Printed]) -> None:
    """Two sides for a handout, one for the rest; in large print more. What fits A4 fits Letter."""
    sides = {(each.handout.id, each.edition.name, each.paper): len(each.pages) for each in sheets}

    assert [] == [str(each) for each in sheets if len(each.pages) > layout.sides(each.handout, each.edition)]
    assert all(sides[sheet, edition, "a4"] == sides[sheet, edition, "letter"] for sheet, edition, _ in sides)
    handouts = [each for each in sheets if (each.handout.kind, each.edition.name) == ("symptom", "standard")]
    assert {2} == {len(each.pages) for each in handouts}


def test_papers_have_their_sizes(sheets: list[Printed]) -> None:
    """A4 and Letter, to a tenth of a millimetre."""
    sizes = {
        (each.paper, *(round(side * 25.4 / 72, 1) for side in page.get_size()))
        for each in sheets
        for page in each.pages
    }

    assert {("a4", 210.0, 297.0), ("letter", 215.9, 279.4)} == sizes


def test_nothing_stands_where_a_printer_cannot_print(sheets: list[Printed]) -> None:
    """All ink is at least 5 mm inside the edge of the paper."""
    edge = 5 / 25.4 * 72
    for each in (each for each in sheets if each.handout.kind in ("symptom", "diary")):
        for page in each.pages:
            picture = page.render(scale=3, grayscale=True).to_pil()
            left, top, right, foot = picture.point(lambda grey: 255 * (grey < ONE_BIT)).getbbox()
            room = (left, top, picture.width - right, picture.height - foot)
            assert min(room) >= 3 * edge, str(each)


def test_files_are_small(sheets: list[Printed]) -> None:
    """A sheet can be sent by mail, and loads on a slow line."""
    assert [] == [str(each) for each in sheets if len(each.bytes) > MOST_BYTES]


def test_two_builds_are_alike_to_the_byte(symptom: Printed, guide_root: Path) -> None:
    """Also from a new engine that remembers nothing."""
    each = symptom
    typesetting._OWN.compilers.clear()
    site = load(guide_root).site
    again = pdf.build(
        each.content,
        dated=TODAY.fromisoformat(each.handout.checked),
        colours=styling.on_paper(site.colours.given()),
        logo=(guide_root / site.logo).read_text(encoding="utf-8"),
    )

    assert each.bytes == again["letter"]


# ------------------------------------------------------------------------------------------------------------
# Words


def said(value: Any, under: str = "") -> Iterator[str]:
    """Every word that a sheet's content has for its reader's eyes."""
    if isinstance(value, dict):
        hidden = {"svg", "alt", "card", "kind", "link", "language", "region", "direction", "site"}
        yield from (word for name, each in value.items() if name not in hidden for word in said(each, name))
    elif isinstance(value, list):
        yield from (word for each in value for word in said(each, under))
    elif isinstance(value, str):
        yield from value.split()


def read(each: Printed) -> str:
    """All that stands on a sheet, as one line without spaces, because a line's end may part a word."""
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in each.pages)


def test_every_word_of_the_content_is_found_on_the_paper(sheets: list[Printed]) -> None:
    """Nothing is lost between the data and the ink, and the text behind the letters is the text one sees."""
    for each in (each for each in sheets if each.paper == "letter"):
        # The reader drops a hyphen at the end of a line.
        found = re.sub("[-\ufffe\u0002]", "", read(each))
        assert [] == [word for word in said(each.content) if word.replace("-", "") not in found], str(each)


def test_every_sign_stands_on_the_handout(sheets: list[Printed]) -> None:
    """None is dropped from a symptom's handout, in any edition."""
    handouts = [each for each in sheets if each.handout.kind == "symptom"]
    assert handouts
    for each in handouts:
        found = read(each)
        signs = [sign for level in each.handout.levels for sign in level.signs.values()]
        assert signs
        assert [] == [sign for sign in signs if "".join(sign.split()) not in found], str(each)


def test_signs_that_are_left_out_are_counted(sheets: list[Printed]) -> None:
    """The diary has no room for what can wait; it says how many signs that are, and where."""
    diary = next(each for each in sheets if each.handout.kind == "diary")
    asked = sum(len(level.signs) + level.more for level in diary.handout.levels)
    left = asked - sum(len(level["signs"]) for level in diary.content["levels"])

    assert left
    assert re.search(rf"\b{left}more\w*signs?", read(diary)) or f"{left}more" in read(diary)


def test_letters_are_as_large_as_promised(sheets: list[Printed]) -> None:
    """Every letter, also in the footer, is at least 12 points high, and in large print 18."""
    first: dict[tuple[str, str], Printed] = {}
    for each in sheets:
        first.setdefault((each.handout.kind, each.edition.name), each)
    assert len(first) == 8
    for each in first.values():
        sizes = {size for page in PdfReader(io.BytesIO(each.bytes)).pages for size in _sizes(page)}
        assert min(sizes) >= each.edition.size - 0.01, (str(each), sorted(sizes)[:3])


def _sizes(page: Any) -> set[float]:
    """The sizes of all letters that say something; the mark in the warning sign is a drawing."""
    found: set[float] = set()

    def visit(text: str, _cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip() not in ("", "!"):
            found.add(round(size * abs(tm[3] or tm[0]), 2))

    page.extract_text(visitor_text=visit)
    return found


# ------------------------------------------------------------------------------------------------------------
# What a screen reader needs


def tags(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The tags of a document, in reading order."""

    def walk(tag: pikepdf.Object) -> Iterator[pikepdf.Object]:
        yield tag
        kids = tag.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid)

    yield from walk(
        document.Root.StructTreeRoot.K[0]
        if isinstance(document.Root.StructTreeRoot.K, pikepdf.Array)
        else document.Root.StructTreeRoot.K
    )


def test_a_screen_reader_is_told_what_it_needs(sheets: list[Printed]) -> None:
    """Tags, language, title, the claim that they are there, and headings in order from the one title."""
    for each in sheets:
        document = each.document
        names = [str(tag.S)[1:] for tag in tags(document)]
        headings = [int(name[1]) for name in names if re.fullmatch("H[1-6]", name)]

        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert each.handout.title == str(document.docinfo["/Title"])
        assert str(document.Root.Lang) == each.content["language"] + f"-{each.content['region']}".rstrip("-")
        assert "<pdfuaid:part>1</pdfuaid:part>" in document.Root.Metadata.read_bytes().decode()
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(headings)), str(each)


def test_every_picture_says_what_it_shows(sheets: list[Printed]) -> None:
    """The QR code names its address, and each drawing tells what it shows. Nothing else is a picture."""
    for each in sheets:
        figures = [str(tag.get("/Alt", "")) for tag in tags(each.document) if tag.S == pikepdf.Name.Figure]
        shown = [
            picture["alt"]
            for section in each.content.get("sections", [])
            for picture in section.get("pictures", [])
        ]
        assert figures[0].endswith(f": {each.handout.address}"), str(each)
        assert [each.content["alt"], *shown] == figures, str(each)


def test_a_list_in_columns_is_heard_as_one_list(symptom: Printed) -> None:
    """A screen reader counts as many signs and questions as there are, however they are set."""
    each = symptom
    content = each.content
    wanted = [len(level["signs"]) for level in content["levels"]] + [len(content["ask"])]
    lists = [tag for tag in tags(each.document) if tag.S == pikepdf.Name.L]

    assert wanted == [sum(item.S == pikepdf.Name.LI for item in tag.K) for tag in lists]


MARKS = """
= Heading|- item|+ item|/ Term: x|1986. It|*a* _b_ `c`|#import "x.typ"|#read("sheet.typ")|$x^2$ \\$
@label <label>|// x|/* x */|\\u{41} \\ \\#|~ -- --- ...|'q' "q"|[x] {x} (x)|https://a.example//b|#let x = 1
& &amp; &#42;
<b>x</b>|%s {x} {{ x }}|é ß ½ × · … “q” –|HLA-B*27 a_b 2*3*4
"""


def test_words_stand_on_paper_as_they_are_written(symptom: Printed) -> None:
    """What the typesetter takes for a mark, or for an order, is a letter like any other in a text."""
    texts = MARKS.strip().replace("\n", "|").split("|")
    made = pdf.build(symptom.content | {"ask": [f"{text} QQ" for text in texts]}, dated=TODAY)["a4"]
    shown = "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(made))

    assert len(texts) > 20
    assert [] == [text for text in texts if "".join(f"{text}QQ".split()) not in "".join(shown.split())]


@pytest.mark.parametrize("large", [False, True])
def test_a_box_without_signs_says_what_to_do(symptom: Printed, large: bool) -> None:
    """A level that is told but has no sign for paper stands there all the same, without an empty list."""
    levels = [{**level, "signs": []} for level in symptom.content["levels"]]
    made = pdf.build(symptom.content | {"levels": levels, "ask": [], "large": large}, dated=TODAY)["a4"]
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(made))

    assert levels
    for level in levels:
        assert "".join(level["do"].split()) in "".join(text.split())
    with pikepdf.open(io.BytesIO(made)) as document:
        assert [] == [tag for tag in tags(document) if tag.S == pikepdf.Name.L and "/K" not in tag]


def test_the_diary_is_a_table_with_headers_on_both_sides(sheets: list[Printed]) -> None:
    """Each column and each of the 14 days has a header that says so."""
    for each in (each for each in sheets if each.handout.kind == "diary"):
        heads = [tag for tag in tags(each.document) if tag.S == pikepdf.Name.TH]
        scopes = [str(_attribute(tag, "/Scope")) for tag in heads]
        assert (scopes.count("/Column"), scopes.count("/Row")) == (len(each.content["asked"]) + 2, 14), str(
            each
        )


def _attribute(tag: pikepdf.Object, name: str) -> Any:
    given = tag.A if isinstance(tag.A, pikepdf.Array) else [tag.A]
    return next(each[name] for each in given if isinstance(each, pikepdf.Dictionary) and name in each)


def test_emergency_comes_first(sheets: list[Printed]) -> None:
    """On a symptom's handout nothing but the title and the two sentences stands before the emergency box."""
    for each in (each for each in sheets if each.handout.kind == "symptom"):
        names = [tag for tag in tags(each.document) if re.fullmatch("/H[1-6]", str(tag.S))]
        assert ["/H1", "/H2", "/H3"] == [str(tag.S) for tag in names[:3]]
        boxes = [f"{level.number}.{level.title}" for level in each.handout.levels]
        titles = [*boxes, each.content["words"]["now"]]
        places = [read(each).index("".join(title.split())) for title in titles]
        assert len(places) > 2
        assert places == sorted(places)


# ------------------------------------------------------------------------------------------------------------
# What a photocopier leaves, and what a camera reads


def test_the_code_reads_from_a_grey_copy(sheets: list[Printed]) -> None:
    """At 120 dpi in grey a camera still finds the address, with the code that tells how old the paper is."""
    for each in (each for each in sheets if each.paper == "a4"):
        picture = each.pages[0].render(scale=120 / 72, grayscale=True).to_pil()
        codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        assert [f"{SITE}handouts/{each.handout.id}/#{each.handout.code}"] == [code.text for code in codes], (
            str(each)
        )
        assert ["Q"] == [code.ec_level for code in codes], "a code must still be read after a few photocopies"


def test_the_code_has_its_quiet_zone(symptom: Printed) -> None:
    """Four modules of bare paper on all sides, so that a camera takes nothing else for a part of the code."""
    picture = symptom.pages[0].render(scale=300 / 72, grayscale=True).to_pil()
    code = zxingcpp.read_barcodes(picture)[0].position
    left, top, right, bottom = code.top_left.x, code.top_left.y, code.bottom_right.x, code.bottom_right.y
    zone = (
        round(
            4
            * (right - left)
            / segno.make(symptom.handout.link, error="q", boost_error=False).symbol_size(border=0)[0]
        )
        - 2
    )

    for box in (
        (left - zone, top - zone, right + zone, top - 2),
        (left - zone, bottom + 2, right + zone, bottom + zone),
        (left - zone, top, left - 2, bottom),
        (right + 2, top, right + zone, bottom),
    ):
        assert picture.crop(box).getextrema()[0] > 250, box


def test_without_an_address_there_is_no_code(symptom: Printed, guide_root: Path) -> None:
    """And no address in the footer either."""
    bare = replace(symptom.handout, address="", link="")
    guide = load(guide_root)
    content = layout.content(bare, layout.EDITIONS[0], guide, drawings.printed(guide_root))
    page = pdfium.PdfDocument(pdf.build(content, dated=TODAY)["a4"])[0]
    text = page.get_textpage().get_text_bounded()

    assert [] == zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert (False, False) == ("example" in text, "Scan" in text)


def test_a_page_says_its_number_in_the_order_of_the_language(project: Project) -> None:
    """The words of the footer choose which number comes first."""
    words = """handout: {labels: {every: {page: "{pages} pages, this is {page}"}}}\n"""
    guide = load(project({"data/words.yml": words}))
    sheets = build.handouts(guide, drawings=drawings.printed(EXAMPLE), site_url=SITE, today=TODAY)
    content = layout.content(sheets[0], layout.EDITIONS[1], guide, drawings.printed(EXAMPLE))
    pages = pdfium.PdfDocument(pdf.build(content, dated=TODAY)["a4"])

    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"{len(pages)} pages, this is {number}" in page.get_textpage().get_text_bounded()


def test_a_long_address_does_not_push_the_code_off_the_paper(symptom: Printed, guide_root: Path) -> None:
    """The footer keeps to one line: the code goes to the sources then. The QR code can still be read."""
    guide, long = load(guide_root), "www.a-guide-with-a-long-name.example.org/english/handouts/a-long-name-a"
    far = replace(symptom.handout, address=long, link=f"https://{long}/#{symptom.handout.code}")
    content = layout.content(far, layout.EDITIONS[0], guide, drawings.printed(guide_root))
    document = pdfium.PdfDocument(pdf.build(content, dated=TODAY)["letter"])
    lines = [
        line.strip() for line in document[1].get_textpage().get_text_bounded().splitlines() if line.strip()
    ]

    assert (2, far.link) == (
        len(document),
        zxingcpp.read_barcodes(document[0].render(scale=120 / 72, grayscale=True).to_pil())[0].text,
    )
    assert any(f"Sheet {far.code}." in line for line in lines)
    assert any(long in line and far.code not in line for line in lines)


# ------------------------------------------------------------------------------------------------------------
# What goes wrong


def test_nothing_in_the_data_is_ever_run(project: Project) -> None:
    """Words that are commands to the typesetter are words on paper."""
    root = project(
        changed(
            "data/remedies/press-the-nose.yml",
            (
                "Sit down and lean forward, because",
                """'#read("/etc/passwd") and #panic() stay as they are.'\n      - text: Sit, because""",
            ),
        )
    )
    made = careguide.build(root, today=TODAY)
    files, found = careguide.pdfs(made, root, only=["press-the-nose"])
    text = (
        pdfium.PdfDocument(files["press-the-nose/press-the-nose-a4.pdf"])[0].get_textpage().get_text_bounded()
    )

    assert ([], True) == (found, '#read("/etc/passwd") and #panic() stay as they are.' in text)


def test_what_was_made_once_is_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The press stands still where nothing has changed; a writer who looks at changes waits for no sheet."""
    root = project()
    made = careguide.build(root, today=TODAY)
    assert ({}, []) == careguide.pdfs(made, root, only_kept=True)
    first = careguide.pdfs(made, root)
    monkeypatch.setattr(pdf, "build", lambda *_, **__: pytest.fail("made again"))

    assert first == careguide.pdfs(made, root) == careguide.pdfs(made, root, only_kept=True)
    assert len(first[0]) == 4 * len(made.handouts)


def test_what_cannot_be_set_is_a_problem_and_no_traceback(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the typesetter refuses is told by the check already, with the file it comes from."""
    set_as_pdf = typesetting.pdf

    def refuse(template: str, data: dict[str, Any], **options: Any) -> bytes:
        if any(sheet["title"].startswith("Press the nose") for sheet in data["sheets"]):
            raise typesetting.TypesettingError("missing alt text")
        return set_as_pdf(template, data, **options)

    monkeypatch.setattr(typesetting, "pdf", refuse)
    root = project()
    shutil.rmtree(root / ".cache", ignore_errors=True)
    made = careguide.build(root, today=TODAY)
    sheet = "the standard sheet 'press-the-nose'"
    refused = f"data/remedies/press-the-nose.yml:1: {sheet} cannot be set: missing alt text"

    assert refused in careguide.report(made.problems)
    assert 2 == careguide.report(made.problems).count("cannot be set"), "in two editions, and no other sheet"
    assert refused in careguide.report(careguide.pdfs(made, root)[1])


@pytest.mark.parametrize(
    "change", [{"title": ""}, {"summary": [{"text": "中", "strong": False}]}, {"alt": ""}]
)
def test_the_typesetter_refuses_what_is_not_accessible(symptom: Printed, change: dict[str, Any]) -> None:
    """No title, a letter without a font, a picture without words: the engine itself says no."""
    with pytest.raises(typesetting.TypesettingError):
        pdf.build(symptom.content | change, dated=TODAY)


def test_the_example_prints_too(project: Project) -> None:
    """A guide of another symptom has its sheets too, with its drawings and questions; a draft has none."""
    made = careguide.build(EXAMPLE, today=TODAY, site_url="https://nose.example/")
    files, found = pdf.pdfs(made.handouts, made.editions, project())

    assert ([], 9 * 4) == (found, len(files))
    assert [
        "blocked-nose",
        "blocked-nose-diary",
        "blocked-nose-visit",
        "nosebleed",
        "nosebleed-diary",
        "nosebleed-visit",
        "press-the-nose",
        "rinse-the-nose",
        "steam",
    ] == [each.id for each in made.handouts]
