"""The built site, as a reader, a clinician and a contributor meet it."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import struct
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import careguide
from careguide.hosting import offline_copy
from careguide.pages import social_cards
from conftest import load, published
from PIL import Image
from sites import EXAMPLE, REPOSITORY, ROOT, build, copy_example, first_view, html_files, page, served, styles

TODAY = datetime.date(2026, 11, 21)


def test_every_page_of_the_guide_is_built(site: Path, guide_root: Path) -> None:
    """As many pages are built as the guide says: one that ignores the hook would lose most."""
    pages = published(guide_root).pages

    expected = sorted(each.path.removesuffix(".md").removesuffix("index").strip("/") for each in pages)

    assert len(expected) > 20
    assert expected == sorted(
        file.parent.relative_to(site).as_posix().removeprefix(".") for file in html_files(site)
    )


def test_every_link_leads_somewhere(site: Path) -> None:
    """LinkChecker follows every link of the served site and finds none broken."""
    assert (0, "0 errors found") == _link_check(site)


def test_every_address_is_a_file(site: Path) -> None:
    """Whatever a page, a sheet or a look-up leads to or asks for on this site is there."""
    files = [*site.rglob("*.html")]
    wrong = set()
    for file in files:
        for address in set(re.findall(r'\b(?:href|src)="([^"]+)"', file.read_text(encoding="utf-8"))):
            parts = urlsplit(address)
            place = (site if parts.path.startswith("/") else file.parent) / parts.path.lstrip("/")
            found = place / "index.html" if place.is_dir() else place
            if parts.path and not parts.scheme and not parts.netloc and not found.is_file():
                wrong.add((file.relative_to(site).as_posix(), address))

    assert len(files) > 50
    assert set() == wrong


def test_a_missing_page_would_be_found(tmp_path: Path) -> None:
    """The link check itself fails where a link leads to a folder without a page."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "index.html").write_text('<a href="folder/">folder</a>', encoding="utf-8")

    assert (1, "1 error found") == _link_check(tmp_path)


def _link_check(site: Path) -> tuple[int, str]:
    """LinkChecker's exit code and count."""
    command = [
        str(Path(sys.executable).with_name("linkchecker")),
        "--no-status",
        "-f",
        str(ROOT / "tests" / "linkcheckerrc"),
    ]
    with served(site) as address:
        done = subprocess.run([*command, address], capture_output=True, text=True, check=False)
    return done.returncode, (re.search(r"\d+ errors? found", done.stdout) or [done.stdout])[0]


def test_every_anchor_is_there(site: Path) -> None:
    """Every link to a place on a page of this site finds that place."""
    ids = {file.parent: {str(tag["id"]) for tag in page(file).select("[id]")} for file in html_files(site)}
    broken = []
    for file in html_files(site):
        for link in page(file).select("a[href*='#']"):
            parts = urlsplit(str(link["href"]))
            if (
                not parts.netloc
                and parts.fragment
                and parts.fragment not in ids[(file.parent / parts.path).resolve()]
            ):
                broken.append((file.relative_to(site).as_posix(), link["href"]))

    assert sum(map(len, ids.values())) > 100
    assert [] == broken


def test_improve_this_page_opens_the_file_the_page_came_from(site: Path) -> None:
    """A cause made from data opens its YAML file, an article its Markdown; both files exist."""
    expected = {
        "causes/picking": "data/causes/picking.yml",
        "remedies/head-back": "data/remedies/head-back.yml",
        "symptoms/nosebleed": "content/symptoms/nosebleed.md",
        "about": "content/about.md",
    }

    found = {path: _edit_link(site / path / "index.html") for path in expected}

    assert {path: f"{REPOSITORY}/edit/main/{file}" for path, file in expected.items()} == found


def test_no_page_offers_a_file_that_is_not_there(site: Path, guide_root: Path) -> None:
    """Every page's 'Improve this page' opens a file of the project."""
    links = {_edit_link(file).removeprefix(f"{REPOSITORY}/edit/main/") for file in html_files(site)}

    assert len(links) > 10
    assert [] == [link for link in sorted(links) if not (guide_root / link).is_file()]


def _edit_link(file: Path) -> str:
    link = page(file).select_one('footer a[href*="/edit/main/"]')
    # A browser resolves the dots in 'content/../data/…' before it asks.
    return re.sub(r"content/\.\./", "", str(link["href"])) if link else "no link"


def test_a_guide_without_words_of_its_own_offers_no_such_file(tmp_path: Path) -> None:
    """A page that only interface words make has nothing to edit there; others have."""
    root = copy_example(tmp_path)
    (root / "data/words.yml").unlink()
    done = build(root, tmp_path / "site", CAREGUIDE_REPO_URL=REPOSITORY)

    assert done.returncode == 0, done.stderr
    links = [_edit_link(tmp_path / "site" / name / "index.html") for name in ("causes", "glossary")]
    assert links == ["no link", f"{REPOSITORY}/edit/main/data/glossary.yml"]


def test_without_a_repository_there_is_nothing_to_edit(bare_site: Path) -> None:
    """Where no repository is set, the links are left out rather than wrong."""
    assert {"no link"} == {_edit_link(file) for file in html_files(bare_site)}


def test_without_an_address_no_canonical_link_is_made_up(bare_site: Path, site: Path) -> None:
    """The canonical address is the public one where it is set, and left out where it is not."""

    def canonical(site: Path) -> str | None:
        link = page(site / "causes" / "index.html").select_one('link[rel="canonical"]')
        return link and str(link["href"])

    assert ("https://guide.example/causes/", None) == (canonical(site), canonical(bare_site))


def test_a_shared_page_shows_its_own_card(site: Path, bare_site: Path) -> None:
    """Each page names a picture of its own, of the right size; a site without an address has none."""
    cards = {}
    for file in html_files(site):
        address = page(file).find("meta", property="og:image")["content"]
        card = (site / address.removeprefix("https://guide.example/")).read_bytes()
        assert b"\x89PNG" == card[:4]
        assert (1200, 630) == struct.unpack(">II", card[16:24])
        cards.setdefault(card, []).append(page(file).find("meta", property="og:title")["content"])
    assert [] == [titles for titles in cards.values() if len(set(titles)) > 1]
    assert not page(bare_site / "index.html").find("meta", property="og:image")


def test_the_card_of_the_warning_signs_is_bare(tmp_path: Path) -> None:
    """A guide's own drawing, with its lamp, is no picture for emergencies."""
    root, lamp = copy_example(tmp_path), (0xF6, 0xC4, 0x53)
    (root / "overrides" / "lamp.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<path fill="#f6c453" d="M0 0h9v9H0z"/></svg>'
    )
    with (root / "data" / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("\ncard_drawing: overrides/lamp.svg\n")
    built = careguide.build(root, today=TODAY)
    pages = [each for each in built.pages if each.path in ("causes/picking.md", "when-to-get-help.md")]
    cards = social_cards.cards(pages, {"": load(root).site}, root)

    def is_lit(name: str) -> bool:
        card = Image.open(io.BytesIO(cards[f"assets/cards/{name}.png"])).convert("RGB")
        return lamp in {colour for _, colour in card.getcolors(maxcolors=1200 * 630)}

    assert (True, False) == (is_lit("causes/picking"), is_lit("when-to-get-help"))


def test_nothing_is_asked_of_another_host(site: Path) -> None:
    """No page loads a script, style, font or picture from elsewhere."""
    asks = (
        "script[src], link[rel=stylesheet], link[rel=preload], link[rel=preconnect],"
        "img[src], source[src], iframe[src]"
    )
    asked = [
        (file.relative_to(site).as_posix(), str(tag.get("src") or tag.get("href")))
        for file in html_files(site)
        for tag in page(file).select(asks)
    ]

    assert len(asked) > 50
    assert [] == [(file, address) for file, address in asked if urlsplit(address).netloc]


def test_a_page_is_light(site: Path) -> None:
    """On a slow or dear line a first view costs little: in KB as hosts send it, with all it asks for."""
    for name, most in (
        ("symptoms/nosebleed", 37),
        ("check/nosebleed", 42),
        ("causes/picking", 37),
        (".", 37),
    ):
        assert first_view(site / name / "index.html") <= most * 1024


def test_the_first_font_file_has_all_letters_of_the_guide(site: Path) -> None:
    """A reader waits for one font file; the second is for letters that none of the guide's languages uses."""
    files = html_files(site)
    assert len(files) > 20
    for file in files:
        faces = re.findall(r"@font-face{.*?}", styles(file))
        first = next(face for face in faces if "hyperlegible" in face and "-more" not in face)
        ranges = [part.removeprefix("U+").split("-") for part in re.findall(r"U\+[0-9A-F-]+", first)]
        body = page(file).find("body")
        # A language's own name is set in the reader's own letters.
        names = {letter for link in body.select(".tool--language") for letter in link.get_text()}
        assert "Atkinson" not in re.search(r"\.tool--language{[^}]*}", styles(file))[0]
        # So are the names of services abroad.
        for each in body.select(".service"):
            names |= set(each.get_text())
        letters = {letter for letter in body.get_text() if letter.isprintable()} - names
        assert set() == {
            letter
            for letter in letters
            if not any(int(each[0], 16) <= ord(letter) <= int(each[-1], 16) for each in ranges)
        }, file


def test_nothing_is_published_that_nobody_asks_for(site: Path) -> None:
    """Every style and script is asked for by a page; none is Material's."""
    published = {file for kind in ("css", "js", "map") for file in site.rglob(f"*.{kind}")}
    asked = {site / offline_copy.SCRIPT}  # the frame's script asks for it
    for file in site.rglob("*.html"):
        for tag in page(file).select("link[rel=stylesheet], script[src], #search"):
            for name in ("href", "src", "data-script"):
                asked.add((file.parent / str(tag.get(name, "."))).resolve())

    assert published
    assert set() == published - asked
    assert [] == list(site.rglob("bundle.*"))


def test_no_style_or_script_stands_in_a_page(site: Path) -> None:
    """A site that forbids all that do, so that nothing strange can run, loses nothing. Data is no script."""
    found = []
    files = list(site.rglob("*.html"))
    for file in files:
        for tag in page(file).select("style, script:not([src]), [style]"):
            if tag.get("type") != "application/ld+json":
                found.append(f"{file.relative_to(site)}: {str(tag)[:80]}")
        handlers = {name for tag in page(file).find_all(True) for name in tag.attrs if name.startswith("on")}
        found += [f"{file.relative_to(site)}: {name}" for name in handlers]

    assert len(files) > 30
    assert [] == found


def test_a_style_or_script_is_named_by_what_it_holds(site: Path) -> None:
    """So a host may tell browsers to keep it for good: what changes has another name."""
    files = list((site / "assets/look").iterdir())

    assert len(files) > 8
    for file in files:
        assert file.name.split(".")[1] == hashlib.sha256(file.read_bytes()).hexdigest()[:8]


def test_search_asks_a_script_that_is_there(site: Path) -> None:
    """One file for all pages; on the page for what is not there it is found from the root."""
    files = {
        (file.parent / page(file).find(id="search")["data-script"]).resolve() for file in html_files(site)
    }
    assert [True] == [file.is_file() for file in files]
    missing = page(site / "404.html").find("dialog", "search")
    assert ("", "/") == (missing["data-base"], missing["data-script"][:1])


def test_nothing_of_the_engines_own_search_is_published(site: Path) -> None:
    """Neither its index nor its worker, which nobody would ask for."""
    assert (site / "search/index.html").is_file()
    assert [] == [*site.rglob("search_index.json"), *(site / "assets").glob("javascripts")]


def test_every_page_says_where_you_are_and_what_is_an_emergency(site: Path) -> None:
    """Breadcrumbs stand on every page but the home page; a line for emergencies stands on every page."""
    without_crumbs = [file for file in html_files(site) if not page(file).select("nav.breadcrumbs a[href]")]
    without_line = [
        file
        for file in html_files(site)
        if not page(file).select('a[href*="when-to-get-help/#emergency"], a[href="#emergency"]')
    ]

    homes = [file for file in html_files(site) if page(file).select("main.home")]
    assert site / "index.html" in homes
    assert (homes, []) == (without_crumbs, without_line)


def test_every_page_about_a_thing_ends_with_its_sources_and_its_review_state(site: Path) -> None:
    """The last words of a page about one thing are where it comes from and how far it was checked."""
    states = ("not yet reviewed by a clinician", "Reviewed by")
    kinds = ("symptoms", "causes", "remedies", "treatments", "investigations")
    things = [file for kind in kinds for file in (site / kind).glob("*/index.html")]
    wrong = []
    for file in things:
        sources, reviews = (
            page(file).select(what) for what in (".sources li a[href^=https]", ".review-line")
        )
        last = reviews[-1].get_text() if reviews else ""
        if not sources or not any(state in last for state in states):
            wrong.append(file.relative_to(site).as_posix())

    assert len(things) > 10
    assert [] == wrong


def test_every_source_number_leads_to_a_source(site: Path) -> None:
    """The small numbers in a text lead to the numbered source at the end of the same page."""
    broken = {}
    numbers = 0
    for file in html_files(site):
        named = {f"#{tag['id']}" for tag in page(file).select("[id]")}
        cited = [str(link["href"]) for link in page(file).select("a.cite")]
        numbers += len(cited)
        if lost := set(cited) - named:
            broken[file] = lost

    assert numbers > 50
    assert {} == broken


def test_pages_lead_to_what_belongs_to_them(site: Path) -> None:
    """A symptom links its causes and remedies, a list its tests, and each text what it names."""

    def links(path: str) -> str:
        return " ".join(str(link["href"]) for link in page(site / path / "index.html").select("main a[href]"))

    assert "causes/hay-fever/" in links("symptoms/blocked-nose")
    assert "remedies/rinse-the-nose/" in links("symptoms/blocked-nose")
    assert "looking-inside/" in links("investigations")
    assert "remedies/rinse-the-nose/" in links("causes/hay-fever")
    assert "treatments/closing-the-vessel/" in links("causes/weak-vessels")


def test_hard_words_are_explained_where_they_stand(site: Path) -> None:
    """The first use of a hard word carries its meaning and leads to the glossary."""
    term = page(site / "symptoms/nosebleed/index.html").select_one('a.term[href$="glossary/#nostril"]')

    assert term is not None
    assert "One of the two holes of your nose." == term["title"]


def test_unsafe_advice_says_why_not_and_what_to_do_instead(site: Path) -> None:
    """A page about advice to avoid has no steps; it starts with the warning, and says what to do instead."""
    found = page(site / "remedies/head-back/index.html")

    warning = found.select_one("main h1 ~ .avoid").get_text()
    assert "Do not tilt your head back while your nose bleeds." in warning
    assert "what-to-do-instead" == found.select_one("main h2[id]")["id"]
    assert [] == found.select(".steps")


def _levels(file: Path) -> list[tuple[str, str]]:
    """The signs of a page by level: the style of each box, and its heading in words."""
    return [
        (box["class"][1], box.select_one("h3").get_text().removesuffix("¶").strip())
        for box in page(file).select(".signs")
    ]


def test_signs_say_their_level_in_words(site: Path) -> None:
    """On a symptom's page the mildest level stands first, under the red line; elsewhere it stands last."""
    levels = [
        ("style-1", "Get emergency help now"),
        ("style-2", "Get help today"),
        ("style-4", "Make an appointment"),
        ("style-6", "Look after it at home"),
    ]

    assert levels[::-1] == _levels(site / "symptoms/nosebleed/index.html")
    assert levels[1:3] == _levels(site / "causes/weak-vessels/index.html")
    assert "555" in page(site / "symptoms/nosebleed/index.html").select_one(".red-line").get_text()


def test_an_article_stands_above_its_generated_sections(bare_site: Path) -> None:
    """A hand-written page keeps its words; sections stand where its directives say, and the rest follows."""
    headings = [
        heading.get_text()
        for heading in page(bare_site / "symptoms" / "nosebleed" / "index.html").select("main h2")
    ]

    assert [
        "When to get help",
        "What can cause it",
        "What you can do",
        "Print or share",
        "Where this comes from",
    ] == headings


def test_wrong_data_builds_no_site(tmp_path: Path) -> None:
    """A mistake stops the build with the check's own message, without a traceback; nothing is published."""
    root = copy_example(tmp_path)
    (root / "data" / "causes" / "dry-air.yml").write_text("titel: Dry air\n", encoding="utf-8")

    done = build(root, tmp_path / "site")

    assert 1 == done.returncode
    assert (
        "data/causes/dry-air.yml:1: titel must be a field that exists\n  Tip: Did you mean 'title'?"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert [] == list((tmp_path / "site").rglob("*.html"))


def test_the_spare_engine_builds_the_same_site(tmp_path: Path, bare_site: Path) -> None:
    """ProperDocs, with the same hook, builds pages with the same words."""
    done = build(EXAMPLE, tmp_path / "site", engine="properdocs")

    assert 0 == done.returncode, done.stderr
    assert _words(bare_site) == _words(tmp_path / "site")


def _words(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): " ".join(page(file).select_one("main").get_text(" ").split())
        for file in html_files(site)
    }


def test_a_draft_is_nowhere(site: Path) -> None:
    """Not as a page, not in the search, not in any list, and none of its questions."""
    shown = [file for file in site.rglob("*") if file.suffix in (".html", ".json", ".xml")]

    assert len(shown) > 30
    assert [] == [file for file in shown if "loss-of-smell" in file.as_posix()]
    assert [] == [
        file for file in shown if re.search("loss.of.smell", file.read_text("utf-8"), re.IGNORECASE)
    ]
