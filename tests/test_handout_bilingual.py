"""The sheet in two languages: each sign and each thing to do stands beside its counterpart."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import careguide
import pikepdf
import pytest
from bs4 import BeautifulSoup, Tag
from careguide import cli
from careguide.guide import foreign
from careguide.handouts import layout, pdf, versions
from careguide.handouts.handout import Handout, plain
from careguide.pipeline import Site
from conftest import TODAY, Project, changed
from pypdf import PdfReader
from sites import copy_example
from test_translated import NAMED, SPANISH, change

ID = "es/nosebleed-bilingual"
REMEDY = """\
title: Presione la nariz
short: Detiene casi todo sangrado.
handout: Presione la parte blanda durante **15 minutos**, o llame al {call:emergency}.
"""
FILES = SPANISH | {"data/es/remedies/press-the-nose.yml": REMEDY}
SHOWN = (
    "shown: [heavy, long, often, once]",
    "shown: [heavy, often-thinned, long, lasting, often, once]",
)
"""Several signs of a level, so that their order tells."""
CALLED = ("without a break. Do not lie down", "without a break, or call {call:emergency}. Do not lie down")


def written(root: Path) -> Path:
    """The example with its Spanish, stamped."""
    own = changed("data/symptoms/nosebleed.yml", SHOWN) | changed("data/remedies/press-the-nose.yml", CALLED)
    for path, text in (FILES | NAMED | own).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    assert cli.main(["--root", str(root), "translate", "es", "--stamp"]) == 0
    return root


def built(root: Path) -> Site:
    return careguide.build(root, today=TODAY, site_url="https://guide.example/", try_mutants=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """What comes of it, for the tests that change nothing."""
    return built(written(copy_example(tmp_path_factory.mktemp("bilingual"))))


def sheet(site: Site, id_: str = ID) -> Handout:
    return next(each for each in site.handouts if each.id == id_)


def text_of(site: Site, path: str) -> str:
    return next(page.text for page in site.pages if page.path == path)


def web_page(site: Site) -> BeautifulSoup:
    return BeautifulSoup(site.web_sheets[f"handouts/{ID}/index.html"], "html.parser")


def pairs(page: BeautifulSoup) -> list[tuple[str, str]]:
    """What stands side by side on the page, the original first."""
    found = []
    for pair in page.select(".pair"):
        one, other = pair.find_all(lang=["en-GB", "en", "es"], recursive=False)
        assert isinstance(one, Tag)
        assert isinstance(other, Tag)
        assert (str(one["lang"])[:2], other["lang"]) == ("en", "es")
        found.append((bare(one.get_text()), bare(other.get_text())))
    return found


def test_each_sign_and_each_thing_to_do_stands_beside_its_counterpart(site: Site) -> None:
    """In the order of the two handouts, whose signs and advice are the same."""
    ours, theirs = sheet(site, "nosebleed"), sheet(site, "es/nosebleed")
    found = pairs(web_page(site))
    wanted: list[tuple[str, str]] = []
    assert any(len(level.signs) > 1 for level in ours.levels)
    for one, other in zip(ours.levels, theirs.levels, strict=True):
        assert list(one.signs) == list(other.signs)
        wanted += zip(map(bare, one.signs.values()), map(bare, other.signs.values()), strict=True)
    for mine, their in zip(ours.remedies, theirs.remedies, strict=True):
        assert mine.id == their.id
        in_one_place = plain(mine.text).replace("call 555", "call 777")
        wanted.append((said(mine.title, in_one_place), said(their.title, plain(their.text))))

    assert ("Blood pours out, and you feel weak or dizzy.", "Sale sangre a chorros.") in wanted
    assert "Presione la parte blanda durante 15 minutos, o llame al 777." in wanted[-1][1] + wanted[-2][1]
    assert wanted == [each for each in found if each in wanted]


def bare(text: str) -> str:
    """The words alone, without what marks a language."""
    return " ".join(foreign.without(text).split())


def said(title: str, text: str) -> str:
    return bare(f"{title}. {text}")


def test_both_sides_have_the_numbers_of_one_country(site: Site) -> None:
    """A nurse and a patient stand in one place: that of the readers of the translation."""
    both = [one for one, other in pairs(web_page(site)) if "777" in other]

    assert "777" in bare(sheet(site).levels[0].do)
    assert any("break, or call 777." in one for one in both)
    assert [] == [one for one in both if "777" not in one]


def test_both_sides_say_that_nobody_has_reviewed_the_translation(site: Site) -> None:
    """Each in its own words; what is not translated is marked as English in the Spanish column too."""
    page = web_page(site)
    one, other = pairs(page)[-1]

    assert "a translation into Spanish. It is not yet reviewed by a clinician" in one
    assert "Traducido del inglés. Aún no lo ha revisado" in other
    assert page.select('.pair > [lang="es"] [lang="en"]')


def test_the_pdf_marks_both_languages_and_names_them_row_by_row(site: Site) -> None:
    """Each text says its language, and a row is read before the next one."""
    made = sheet(site)
    [edition] = layout.editions(made)
    files = pdf.build(layout.on_paper(made, edition, site.editions["es"], {}), dated=TODAY)
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["a4"])).pages).split()
    )

    assert {"a4", "letter"} == set(files)
    with pikepdf.open(io.BytesIO(files["letter"])) as document:
        assert str(document.Root.Lang) == "es"
        rows = [list(languages(row)) for row in tags(document.Root.StructTreeRoot.K, "/TR")]
    wanted = [made.title]  # over the row of the lead, which stands in the opening
    for level in made.levels:
        # A level starts with its number, and what to do with its country; the rest is English here.
        wanted += ("", "", *level.signs.values())
    for text_beside, (one, other) in zip(wanted, rows, strict=False):
        assert one == "en-GB"
        assert other == ("es" if text_beside == foreign.without(text_beside) else "en-GB") or not text_beside
    assert len(rows) > len(wanted)
    assert text.index("Blood pours out") < text.index("Sale sangre a chorros.")
    assert text.index("Sale sangre a chorros.") < text.index("It goes on") < text.index("No para")


def tags(piece: pikepdf.Object, name: str, language: str = "") -> Iterator[tuple[pikepdf.Object, str]]:
    """Every tag of a name below a piece of the structure, in reading order, with its language."""
    if isinstance(piece, pikepdf.Array):
        for each in piece:
            yield from tags(each, name, language)
    elif isinstance(piece, pikepdf.Dictionary) and "/S" in piece:
        language = str(piece.get("/Lang", language))
        if str(piece.S) == name:
            yield piece, language
        yield from tags(piece.get("/K", pikepdf.Array()), name, language)


def languages(row: tuple[pikepdf.Object, str]) -> Iterator[str]:
    """The language of each cell of a row, its own or that of what holds it."""
    tag, around = row
    for cell in tag.K:
        yield str(cell.get("/Lang", around))


def test_both_languages_offer_it_and_its_code_leads_to_its_page(site: Site) -> None:
    """In the list of sheets and in the print panel of the article; paper has its own code."""
    made = sheet(site)

    assert made.link == f"https://guide.example/handouts/{ID}/#{made.code}"
    for path, title in (
        ("handouts.md", "Nosebleed (English / Spanish)"),
        ("es/handouts.md", "Sangrado de nariz (español / inglés)"),
    ):
        assert f"### {title} {{ #{ID} }}" in text_of(site, path)
        article = text_of(site, path.replace("handouts.md", "symptoms/nosebleed.md"))
        assert re.search(rf'<a href="[./]+/handouts/{ID}/">{re.escape(title)}</a>', article)
    assert "data/sheets.jsonl" not in " ".join(map(str, site.problems))
    assert made in versions.unrecorded(site.handouts, [])


def test_a_word_in_either_language_is_a_new_code(site: Site) -> None:
    """Who reviewed the original is none: that may change on the same paper."""
    made, guide = sheet(site), site.editions["es"]
    assert made.beside
    for change_of, new in (({"summary": made.summary}, True), ({"review": "Reviewed."}, False)):
        other = replace(made, link="", beside=replace(made.beside, **change_of))
        assert (layout.coded(other, guide, {}).code != made.code) == new


def test_without_a_translation_there_is_none(project: Project) -> None:
    """A guide in one language has its sheets as they were."""
    site = built(project(changed("data/site.yml")))

    assert [] == [each.id for each in site.handouts if each.beside]
    assert "bilingual" not in text_of(site, "handouts.md")


def test_a_changed_sign_withdraws_it_or_says_so_beside_it(project: Project) -> None:
    """An emergency withdraws it, in both languages; at any other the translation says that it is older."""
    root = written(project())
    change(root, "data/criteria.yml", "The nose still bleeds after you press", "Blood still comes after")
    note = "No para (El texto en inglés cambió después de esta traducción.)"
    assert ("It goes on", note) in pairs(web_page(built(root)))

    change(
        root, "data/criteria.yml", "Blood pours out and you feel weak or dizzy.", "Blood pours or you faint."
    )
    site = built(root)
    assert sheet(site).withdrawn
    assert "The sheet to print is not here" in text_of(site, "handouts.md").partition("{ #withdrawn }")[2]
    assert "bilingual" not in text_of(site, "symptoms/nosebleed.md")


def test_one_that_is_too_long_is_named(project: Project) -> None:
    """As a notice: who changed the original may not know the language of the translation."""
    root = written(project())
    long = "Presione otra vez y cuente hasta diez. " * 100
    change(root, "data/es/symptoms/nosebleed.yml", "lead: Casi siempre", f"lead: {long}Casi siempre")
    found = "\n".join(map(str, built(root).problems))

    assert re.search(
        rf"data/es/symptoms/nosebleed\.yml:\d+: notice: lead must be .*'{ID}' fits on 4 sides", found
    )
