"""The example guide in Spanish: its pages, where their links lead, and what a change of the original does."""

from __future__ import annotations

import re
from pathlib import Path

import careguide
import pytest
from careguide import cli
from careguide.checks import editorial
from careguide.flow.plan import flow_of, plan
from careguide.guide import loader, translated, translation
from careguide.pipeline import Site
from careguide.search.index import index
from conftest import TODAY, Project, changed
from sites import copy_example
from test_revisions import committed

SITE = """\
name: Guía de sangrado de nariz
tagline: La nariz en palabras sencillas
owner: La Clínica de Ejemplo
licence: Pregunte antes de copiar.
language: es
countries: [yy]
home:
  headline: Una guía pequeña
  description: Respuestas tranquilas sobre el sangrado de nariz.
"""
SIGNS = """\
# Señales, las peores primero.
- id: heavy
  lead: Mucha sangre
  sign: Sale sangre a chorros y siente debilidad.
  hint: Un pañuelo tras otro se empapa.
  why: Perder mucha sangre es peligroso.
  # Para el papel.
  paper: Sale sangre a chorros.
- {id: long, lead: No para, sign: "Todavía sangra después de presionar 15 minutos.",
   why: "Alguien debe mirar.", hint: "Presionó sin parar."}
"""
SYMPTOM = """\
title: Sangrado de nariz
short: La mayoría para sola.
lead: Casi siempre para sola.
causes:
  - cause: dry-air
    says: El aire seco agrieta la nariz.
"""
ARTICLE = """\
---
title: "Sangrado de nariz: qué hacer"
description: Qué hacer cuando sangra la nariz.
---

# Sangrado de nariz

Parece peor de lo que es.[@leaflet] Presione [15 minutos](amount:press-time).[@leaflet; @study]

<!-- guide: check -->

<!-- guide: red-line -->

<!-- guide: signs -->

## Qué puede causarlo

La piel es fina.[@leaflet] Casi siempre es el [aire seco](cause:dry-air).

<!-- guide: causes -->

## Qué puede hacer

Inclínese hacia delante.

<!-- guide: remedies -->
"""
SPANISH = {
    "data/es/site.yml": SITE,
    "data/es/criteria.yml": SIGNS,
    "data/es/services.yml": "- {id: yy, country: Otrolandia, short: OL}\n",
    "data/es/symptoms/nosebleed.yml": SYMPTOM,
    "data/es/causes/dry-air.yml": "title: Aire seco\nshort: Seca la nariz.\n",
    "data/es/amounts.yml": "- {id: press-time, amount: 15 minutos, about: [nariz]}\n",
    "data/es/flows/nosebleed.yml": "title: Revise sus señales\nintro: Para quien sangra por la nariz.\n",
    "content/es/symptoms/nosebleed.md": ARTICLE,
}

NAMED = changed("data/site.yml", ("countries:", "translations: [es]\ncountries:"))


@pytest.fixture
def root(project: Project) -> Path:
    """The example with its Spanish, stamped."""
    root = project(NAMED, SPANISH)
    assert cli.main(["--root", str(root), "translate", "es", "--stamp"]) == 0
    return root


def built(root: Path) -> Site:
    site = careguide.build(root, today=TODAY, try_mutants=False)
    assert [] == [str(each) for each in site.problems if each.blocks]
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """What comes of it, for the tests that change nothing."""
    root = copy_example(tmp_path_factory.mktemp("spanish"))
    for path, text in (SPANISH | NAMED).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    assert cli.main(["--root", str(root), "translate", "es", "--stamp"]) == 0
    return built(root)


def text_of(site: Site, path: str) -> str:
    return next(page.text for page in site.pages if page.path == path)


def notices(site: Site) -> str:
    return "\n".join(map(str, site.problems))


def change(root: Path, path: str, old: str, new: str) -> None:
    """A contributor changes some words."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_wrong_in_any_language_is_named_there(root: Path) -> None:
    """A word twice, an empty link, what is left to write, English, an emergency that can wait."""
    article, signs = "content/es/symptoms/nosebleed.md", "data/es/criteria.yml"
    change(root, article, "La piel es fina.", "La piel es es fina.")
    change(root, article, "[aire seco](cause", "[aquí](cause")
    change(root, article, "Inclínese hacia delante.", "Texto aquí. A nose must not lean back with it.")
    change(root, signs, "Perder mucha sangre es peligroso.", "Puede esperar.")

    guide, _ = loader.load(root)
    (texts,) = translation.read(root, guide)[0]
    spanish = translated.guide_in(texts, guide, root)[0]
    assert spanish
    found = {(each.rule, each.path, line_of(root, each)) for each in editorial.check_translated(spanish)}
    assert found == {
        ("texts_have_no_slips", article, "La piel es es fina.[@leaflet]"),
        ("links_say_where_they_lead", article, "La piel es es fina.[@leaflet]"),
        ("texts_are_finished", article, "Texto aquí. A nose must"),
        ("sentences_are_in_one_language", article, "Texto aquí. A nose must"),
        ("urgent_words_do_not_wait", signs, "why: Puede esperar."),
    }


def test_what_a_translation_has_lost_is_told_where_it_was(root: Path) -> None:
    """A blank, a word that was left in English, a heading of another level; digits of an address are none."""
    page, signs = "content/es/symptoms/nosebleed.md", "data/es/criteria.yml"
    change(root, page, "## Qué puede hacer", "#### Qué puede hacer")
    change(root, page, "La piel es fina.", "La piel es fina: ana84@clinic.example.")
    change(root, signs, "hint: Un pañuelo tras otro se empapa.", 'hint: "\u00a0"')

    guide, _ = loader.load(root)
    blank, lost = translation.read(root, guide)[1]
    assert (page, "#### Qué puede hacer") == (lost.path, line_of(root, lost))
    assert "the level of '#### Qué puede hacer' differs" in lost.message
    assert (signs, 6) == (blank.path, blank.line)
    assert "hint must hold words, but is blank" in blank.message


def test_a_language_that_the_site_does_not_name_is_one_problem(root: Path) -> None:
    """Its pages are not taken for the original's."""
    change(root, "data/site.yml", "translations: [es]\n", "")

    (found,) = [each for each in loader.load(root)[1] if each.blocks]
    assert "translations must have 'es'" in found.message


def line_of(root: Path, problem: careguide.Problem) -> str:
    """The first words of the line of a problem."""
    line = (root / problem.path).read_text(encoding="utf-8").split("\n")[problem.line - 1].strip()
    return " ".join(line.split()[:5])


def test_stamps_are_written_and_all_else_stays(root: Path) -> None:
    """Comments, order, quotes and short entries are as somebody wrote them."""
    text = (root / "data/es/criteria.yml").read_text(encoding="utf-8")

    assert 2 == len(re.findall(r"of: [0-9a-f]{8}\b", text))
    assert re.sub(r",? *of: [0-9a-f]{8}\n?", "", text).split() == SIGNS.split()
    page = (root / "content/es/symptoms/nosebleed.md").read_text(encoding="utf-8")
    assert re.search(r"^of: \[[0-9a-f]{8}, [0-9a-f]{8}, [0-9a-f]{8}\]\n---$", page, re.MULTILINE)


def test_what_a_change_takes_from_readers_of_one_language_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sign that becomes softer in Spanish alone blocks, as in English, and so does one left in English."""
    committed(root)
    change(root, "data/es/criteria.yml", "Sale sangre a chorros y siente debilidad.", "Sale sangre.")
    file = root / "data/es/criteria.yml"
    file.write_text(file.read_text(encoding="utf-8").partition("- {id: long")[0], encoding="utf-8")
    assert cli.main(["--root", str(root), "translate", "es", "--stamp"]) == 0
    capsys.readouterr()

    assert cli.main(["--root", str(root), "--today", str(TODAY), "check"]) == 1
    said = capsys.readouterr().out
    assert cli.main(["--root", str(root), "flow", "diff", "HEAD"]) == 1
    for told in (said, capsys.readouterr().out):
        assert "sign of heavy says less" in told
        assert "new entry for 'long': criteria/long is no longer in Spanish" in told


def test_a_first_translation_takes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its words are not held against those of the original."""
    file = root / "data/es/criteria.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.partition("- {id: long")[0], encoding="utf-8")
    committed(root)
    file.write_text(text, encoding="utf-8")

    assert cli.main(["--root", str(root), "flow", "diff", "HEAD"]) == 0
    assert "criteria.yml" not in capsys.readouterr().out


def test_only_what_is_translated_has_a_page(site: Site) -> None:
    """A cause of which only the name is translated, and a page nobody has translated, are the original's."""
    pages = {page.path for page in site.pages if page.language}

    assert {"es/symptoms/nosebleed.md", "es/check/nosebleed.md", "es/search.md"} <= pages
    assert not {"es/causes/dry-air.md", "es/about.md", "es/symptoms/loss-of-smell.md", "es/safety.md"} & pages


def test_links_stay_in_the_language_where_they_can(site: Site) -> None:
    """A link to a page that is not translated leads to the original, by its translated name, and says so."""
    text = text_of(site, "es/symptoms/nosebleed.md")

    assert "](../check/nosebleed.md)" in text
    assert "[aire seco (en inglés)](../../causes/dry-air.md){ hreflang=en }" in text
    assert "[Aire seco (en inglés)](../../causes/dry-air.md)" in text
    assert "](../../when-to-get-help.md" in text


def test_the_a_to_z_has_the_names_of_its_language(site: Site) -> None:
    """A name that nobody has translated stands under its own letter, marked; its other names are left out."""
    text = text_of(site, "es/search.md")

    assert "**[Aire seco (en inglés)](../causes/dry-air.md)" in text
    assert '[<span lang="en">Hay fever</span>' in text
    assert re.findall(r"^### (.+) \{ #letter-(.+) \}$", text, re.MULTILINE)
    assert "Pollen allergy" not in text


def test_what_is_not_translated_is_marked_as_the_originals(site: Site) -> None:
    """A screen reader speaks it in its own language; nothing is left out for want of a translation."""
    text = text_of(site, "es/check/nosebleed.md")

    assert "Sale sangre a chorros y siente debilidad." in text
    assert '<span lang="en">Your nose bleeds every week.</span>' in text
    assert "\ue000" not in "".join(page.text for page in site.pages)


def test_the_check_asks_the_same_and_numbers_are_those_of_the_countries(site: Site) -> None:
    """Only words differ; the first country of the Spanish site comes first."""
    ours, theirs = site.editions[""], site.editions["es"]

    assert plan("nosebleed", flow_of(ours, "nosebleed"), ours) == plan(
        "nosebleed", flow_of(theirs, "nosebleed"), theirs
    )
    assert ["yy"] == list(theirs.services)
    assert ">777<" in text_of(site, "es/check/nosebleed.md")


def test_a_sign_that_changed_says_so_beside_it_and_its_sheets_are_withdrawn(root: Path, site: Site) -> None:
    """Nothing vanishes, nothing stops the build: the page shows the sign as it is now in the original."""
    before = {sheet.id: sheet.withdrawn for sheet in site.handouts}
    change(
        root,
        "data/criteria.yml",
        "Blood pours out and you feel weak or dizzy.",
        "Blood pours out or you faint.",
    )
    change(root, "data/criteria.yml", "Someone should look inside", "Somebody should look inside")
    site = built(root)

    for page in ("es/check/nosebleed.md", "es/symptoms/nosebleed.md"):
        said = text_of(site, page)
        assert re.search(
            r"Sale sangre a chorros y siente debilidad\. \(Esta señal cambió después de la traducción\. "
            r'En inglés ahora dice: <span lang="en">Blood pours out or you faint\.</span>\)',
            said,
        )
    assert before["es/nosebleed-diary"] == ""
    [sheet] = [sheet for sheet in site.handouts if sheet.id == "es/nosebleed-diary"]
    assert "una señal de emergencia" in sheet.withdrawn
    assert "data/es/criteria.yml:2: notice: criteria/heavy (emergency) must be translated anew" in notices(
        site
    )
    assert "the worst first: criteria/heavy (emergency) and criteria/long (today)" in notices(site)


def test_a_corrected_entry_is_stamped_by_its_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Until then 'translate' lists it; a misspelt name is named."""
    change(
        root,
        "data/criteria.yml",
        "The nose still bleeds after you press",
        "Blood still comes after you press",
    )
    assert cli.main(["--root", str(root), "translate", "es"]) == 0
    assert "criteria/long (today): the original has changed" in capsys.readouterr().out

    assert cli.main(["--root", str(root), "translate", "es", "--stamp", "lnog"]) == 2
    assert "Did you mean 'long'?" in capsys.readouterr().err
    assert cli.main(["--root", str(root), "translate", "es", "--stamp", "long"]) == 0
    assert "must be translated anew" not in notices(built(root))


def test_a_changed_section_says_so_under_its_heading(root: Path) -> None:
    """The others do not."""
    change(root, "content/symptoms/nosebleed.md", "so it bleeds easily", "so it often bleeds")
    text = text_of(built(root), "es/symptoms/nosebleed.md")

    assert re.search(r"## Qué puede causarlo\n\n\*\*El texto en inglés de esta parte cambió", text)
    assert 1 == text.count("El texto en inglés de esta parte cambió")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<!-- guide: causes -->", "", "the section must have the directives of the original"),
        (
            "[aire seco](cause:dry-air)",
            "[aire](cause:dry-iar)",
            "the text must link to an id from data/causes/",
        ),
        ("[aire seco](cause:dry-air)", "[aire](../abot.md)", "a link must lead to a page that exists"),
        ("[@leaflet; @study]", "[@leaflet]", "the section must cite the sources of the original"),
        ("[15 minutos]", "[10 minutos]", "the section must have the numbers of the original"),
        (
            "## Qué puede hacer",
            "Qué puede hacer",
            "the page must have the sections of the original, 3, but has 2",
        ),
    ],
)
def test_a_page_keeps_what_its_original_has(root: Path, old: str, new: str, message: str) -> None:
    """Its sections, with their directives, sources and numbers."""
    change(root, "content/es/symptoms/nosebleed.md", old, new)

    assert message in notices(careguide.build(root, today=TODAY, try_mutants=False))


def test_files_of_nothing_are_named(root: Path) -> None:
    """With what may have been meant."""
    for name in ("data/es/critria.yml", "data/es/causes/dry-ar.yml", "content/es/abot.md"):
        (root / name).write_text(ARTICLE if name.endswith(".md") else "title: Aire\n", encoding="utf-8")
    found = notices(careguide.build(root, today=TODAY, try_mutants=False))

    for place, tip in (
        ("data/es/critria.yml:1: the file must be the translation of one in data/", "'criteria.yml'"),
        ("data/es/causes/dry-ar.yml:1: the file's name must be that of one of the original's causes", ""),
        ("content/es/abot.md:1: the page must be the translation of one in content/", "'about.md'"),
    ):
        assert re.search(f"^{re.escape(place)}.*\n  Tip: .*{tip}", found, re.MULTILINE), place


def test_a_site_of_another_language_or_country_is_named(root: Path) -> None:
    """Alone, without all that would come of it; whoever does what the tip says has nothing left."""
    for old, new, message in (
        (
            "language: es",
            "language: fr",
            "language must be 'es', as its folder says, not 'fr'\n  Tip: Write 'es'.",
        ),
        ("[yy]", "[q]", "countries[1] must be a country of the guide, not 'q'\n  Tip: Write xx or yy."),
    ):
        change(root, "data/es/site.yml", old, new)
        found = careguide.build(root, today=TODAY, try_mutants=False).problems
        blocking = [str(each) for each in found if each.blocks]
        change(root, "data/es/site.yml", new, old)

        assert [message] == [each.partition(": ")[2] for each in blocking]


def test_a_language_without_a_site_is_not_published(root: Path) -> None:
    """Its pages would have no name; a notice says what is missing."""
    (root / "data/es/site.yml").unlink()
    site = built(root)

    assert [] == [page.path for page in site.pages if page.language]
    assert "'es' is not published without data/es/site.yml" in notices(site)


def test_the_search_finds_what_is_read_in_the_original_by_its_spanish_name(site: Site) -> None:
    """And says that it is in English."""
    rows = index(site.editions["es"], site.pages_in("es"))["pages"]["rows"]

    assert ["causes/dry-air.md", "Aire seco (en inglés)"] in [[row[0], row[2]] for row in rows]
    assert "es/symptoms/nosebleed.md" in [row[0] for row in rows]
