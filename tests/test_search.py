"""What search knows of a guide, and what it finds, in the real script: on the example."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import careguide
import pytest
import yaml
from careguide import styling
from careguide.guide.words import FOLDER
from careguide.guide.words import changed as changed_words
from careguide.search import index as search
from careguide.source import markup
from careguide.source.yaml_reader import Document
from conftest import EXAMPLE, TODAY, Project, changed, load
from playwright.sync_api import Browser

Find = Callable[[str], dict[str, list[Any]]]
FIND = """query => {
    const {dangers, pages, signs} = find(query);
    return {
        dangers: dangers.map(({address}) => address),
        pages: pages.map(({entry}) => entry.address),
        signs: signs.map(({entry}) => entry.address),
    };
}"""


@dataclass(frozen=True)
class Made:
    """A page as the index needs it."""

    path: str
    text: str
    title: str
    kind: str


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """The index of the example."""
    site = careguide.build(EXAMPLE, today=TODAY)
    return search.index(site.guide, site.pages)


@pytest.fixture(scope="module")
def find(known: dict[str, Any], browser: Browser) -> Iterator[Find]:
    """Searches the example as a browser does."""
    with browser.new_page() as tab:
        engine = search.SCRIPTS[0].read_text(encoding="utf-8")
        tab.add_script_tag(content=f"{engine}\nwindow.find = finder({json.dumps(known)});")
        yield lambda query: tab.evaluate(FIND, query)


def entries(known: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """What can be found of a kind, pages or signs, by its address."""
    table = known[kind]
    return {row[0]: dict(zip(table["fields"], row, strict=False)) for row in table["rows"]}


# ------------------------------------------------------------------------------------------------------------
# The index


def test_the_index_has_every_topic_and_every_sign(known: dict[str, Any]) -> None:
    """One entry each, drafts left out."""
    guide = load(EXAMPLE)
    pages, signs = entries(known, "pages").keys(), entries(known, "signs").keys()

    assert {f"causes/{each.id}.md" for each in guide.causes.values()} <= pages
    assert {f"when-to-get-help.md#{each.id}" for each in guide.criteria.values()} == signs
    assert not any("loss-of-smell" in each for each in pages)


def test_every_name_of_a_thing_leads_to_it(find: Find) -> None:
    """Titles, other names, what its page covers, and misspellings that somebody wrote down."""
    guide = load(EXAMPLE)
    missed = []
    for kind in ("causes", "remedies", "treatments", "investigations"):
        for thing in guide.of(kind).values():
            for name in (thing.title, *thing.also_called, *thing.covers, *thing.common_misspellings):
                if find(name)["pages"][:1] != [f"{kind}/{thing.id}.md"]:
                    missed.append(name)

    assert guide.causes
    assert [] == missed


def test_whom_to_call_is_said_of_each_sign(known: dict[str, Any]) -> None:
    """The emergency number for the worst, the advice line for others; and what is called in this country."""
    signs = entries(known, "signs")

    assert ["emergency"] == signs["when-to-get-help.md#heavy"]["calls"]
    assert ["advice"] == signs["when-to-get-help.md#long"]["calls"]
    assert ["555", "555"] == known["calls"]["emergency"]


def test_the_script_is_small() -> None:
    """At most 6 KB without the index, as it is sent, compressed."""
    look = styling.Look()
    sent = look.files[look.add("search.js", "".join(file.read_text("utf-8") for file in search.SCRIPTS))]

    assert len(gzip.compress(sent)) <= 6 * 1024


# ------------------------------------------------------------------------------------------------------------
# What is found


def test_a_page_is_found_however_it_is_written(find: Find) -> None:
    """Capitals, marks, both apostrophes, joined words, other forms, letters that are wrong."""
    for query in (
        "hay fever",
        "HAY FEVER!",
        "(pollen), allergy?",
        "hayfever",  # joined
        "hay-fever’s",
        "hay feever",
        "hey fevre",
        "pollen allergies",
        "polen alergy",
        "sneezing in summer",
        "always sneezing each summer",
    ):
        assert "causes/hay-fever.md" == find(query)["pages"][0]


def test_what_is_typed_so_far_finds_what_it_may_become(find: Find) -> None:
    """The last word may go on; one that is finished may not."""
    assert "causes/hay-fever.md" in find("poll")["pages"]
    assert "causes/hay-fever.md" in find("pollen a")["pages"]


def test_what_says_nothing_finds_nothing(find: Find) -> None:
    """Nor does it raise an alarm."""
    for query in (
        "",
        " ",
        "?!",
        "the",
        "xqzvwk jkqpfz",
    ):
        assert {"dangers": [], "pages": [], "signs": []} == find(query)


def test_a_danger_is_named(find: Find) -> None:
    """Also with other words between, with wrong letters, and in other forms."""
    for query, sign in (
        ("blood everywhere", "heavy"),
        ("there is blod everywere", "heavy"),
        ("it won’t stop bleeding", "heavy"),
        ("my nose will not stop bleeding", "heavy"),
        ("child choking", "bead"),
        ("chocking", "bead"),
        ("i cannot breathe", "bead"),
        ("he cant breath", "bead"),
        ("still bleeding after pressing", "long"),
    ):
        assert f"when-to-get-help.md#{sign}" == find(query)["dangers"][0]


def test_what_is_no_danger_raises_no_alarm(find: Find) -> None:
    """Some of its words alone are not enough, and what denies must come before what it denies."""
    for query in (
        "hay fever",
        "nosebleed",
        "blood test",
        "breathing exercises do not work",
        "stop a nosebleed",
    ):
        assert [] == find(query)["dangers"]
        assert find(query)["pages"]


TITLES = {
    "es": ["Espasmo del músculo", "Dolor de cuello", "Párpado", "Niño pequeño", "Infección de riñón"],
    "de": ["Rückenschmerzen", "Große Müdigkeit", "Ärztin fragen", "Fuß", "Übungen für den Nacken"],
    "it": ["Collo rigido", "Palpebra"],
}


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        ("es", ["musculos", "me duele mucho", "PARPADOS", "nino", "infecciones del rinon"]),
        ("de", ["rueckenschmerz", "sehr grosse Müdigkeiten", "ich will Aerztinnen fragen", "fuss", "Uebung"]),
        ("it", ["collo", "palpebre"]),  # the package has no words for it, and cuts none to pieces
    ],
)
def test_a_search_is_in_the_language_of_a_guide(language: str, queries: list[str], browser: Browser) -> None:
    """With and without accents and umlauts, in other forms, beside the small words of the language."""
    said, _ = changed_words(ENGLISH, Document("data/words.yml", {}), package(language))
    rows = [[f"{place}.md", "", title] for place, title in enumerate(TITLES[language])]
    made = {
        "language": {**said["search"]["language"], "common": "", "medicines": ""},
        "pages": {"fields": ["address", "kind", "title"], "rows": rows},
        "signs": {"fields": ["address"], "rows": []},
    }
    with browser.new_page() as tab:
        engine = search.SCRIPTS[0].read_text(encoding="utf-8")
        tab.add_script_tag(content=f"{engine}\nwindow.find = finder({json.dumps(made)});")
        found = [tab.evaluate(FIND, query)["pages"][:1] for query in queries]

    assert [[row[0]] for row in rows] == found


def package(language: str) -> dict[str, Any]:
    """The package's words in a language; none where it has none."""
    file = FOLDER / f"{language}.yml"
    words: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    return words


ENGLISH = package("en")


def test_a_danger_that_is_still_being_typed_raises_no_alarm(find: Find) -> None:
    """A card that comes and goes with every letter would frighten."""
    assert [] == find("bead stu")["dangers"]


# ------------------------------------------------------------------------------------------------------------
# What is written


def test_a_page_by_hand_can_say_what_is_typed_for_it(project: Project) -> None:
    """In its front matter."""
    root = project(changed("content/about.md", ("\n---\n\n", "\nsearch_words: [who wrote this]\n---\n\n")))
    site = careguide.build(root, today=TODAY)
    found = entries(search.index(site.guide, site.pages), "pages")

    assert ["who wrote this"] == found["about.md"]["names"]


def test_an_index_stays_small_where_there_are_many_topics() -> None:
    """1,000 causes, each with words of its own: script and index weigh at most 150 KB, compressed."""
    guide = load(EXAMPLE)
    starts, ends = ("ba", "ko", "ri", "tu", "me"), ("l", "n", "s", "mp", "r")
    syllables = [start + end for start in starts for end in ends]
    made = {}
    for number in range(1_000):
        a, b, c, d = (syllables[number // step % len(syllables)] for step in (1, 7, 25, 60))
        update = {
            "id": f"cause-{number}",
            "title": f"{a}{b} {c}".title(),
            "also_called": (f"{b}{d} {a}", f"{c}{a}{b}", f"{d} {c}{b}"),
            "short": f"{d}{b} can make your nose {c}{d}, run and {a}{a} in {b}{c}.",
        }
        made[f"cause-{number}"] = guide.causes["hay-fever"].model_copy(update=update)
    many = guide.with_things(causes=made)
    pages = [Made(f"causes/{name}.md", "", cause.title, "cause") for name, cause in made.items()]
    script = search.script(search.index(many, pages), lambda path: path)

    assert script.count("causes/cause-") == 1_000
    assert len(gzip.compress(script.encode())) <= 150 * 1024


def test_words_come_into_the_index_as_they_are_written() -> None:
    """Whatever marks a name has, and a sentence without its Markdown: the script reads the same words."""
    guide = load(EXAMPLE)
    title = "</script> <!-- \\u0041 \\n \"a\" 'b' `${c}` {{ d }} #e *f* [g](h) & &amp;"
    title += " 1986. \u2028 é 日本 \U0001f600"
    cause = guide.causes["picking"].model_copy(
        update={"title": title, "also_called": (title,), "short": f"**So**, {markup.plain(title)}"}
    )
    changed_guide = guide.with_things(causes={**guide.causes, "picking": cause})
    made = Made("causes/picking.md", "", title, "cause")
    script = search.script(search.index(changed_guide, [made]), lambda path: path)
    read, _ = json.JSONDecoder().raw_decode(script[script.index("const INDEX = ") + len("const INDEX = ") :])

    (row,) = [row for row in read["pages"]["rows"] if row[0] == made.path]
    entry = dict(zip(read["pages"]["fields"], row, strict=False))
    assert [title, [title]] == [entry["title"], entry["names"]]
    assert f"So, {markup.plain(markup.plain(title))}" == entry["short"]
