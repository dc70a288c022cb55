"""What is kept between two runs makes the second quicker, and changes nothing that anyone sees."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import careguide
import grimp
import pytest
from careguide import typesetting
from careguide.checks import handouts as handout_rules
from careguide.flow import mutants, proof
from careguide.guide import readability
from careguide.handouts import pdf
from careguide.source import cache, yaml_reader
from careguide.source.problems import report
from conftest import TESTS, TODAY, Project, changed

PICKING, DRY, PRESS, READING, PAGE = (
    "data/causes/picking.yml",
    "data/causes/dry-air.yml",
    "data/remedies/press-the-nose.yml",
    "data/reading.yml",
    "content/symptoms/nosebleed.md",
)


def made(root: Path) -> tuple[str, list[tuple[str, object]]]:
    """What a contributor sees of a project: its problems, and how hard its pages are."""
    found = careguide.build(root, today=TODAY)
    return report(found.problems), [(page.path, score) for page, score in found.scores]


def test_a_second_run_says_what_the_first_said(tmp_path: Path) -> None:
    """Every problem is found again, at its line."""
    root = tmp_path / "wrong"
    shutil.copytree(TESTS / "wrong", root, ignore=shutil.ignore_patterns(".cache"))

    first = made(root)
    assert (root / ".cache/files.json").is_file()
    assert first == made(root)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PICKING, "title: ", "titel: "),
        (PRESS, "text: ", "text: Undoubtedly, notwithstanding considerable disagreement, "),
        (READING, "", "names: [nose, blood]\n"),
        (
            PAGE,
            "# Nosebleed",
            "# Nosebleed\n\nNotwithstanding considerable disagreement, perseverance is recommended.",
        ),
    ],
    ids=["a wrong field", "a hard sentence", "the words of the formulas", "a hand-written page"],
)
def test_what_has_changed_is_found_out_anew(project: Project, path: str, old: str, new: str) -> None:
    """After any edit a run with what was kept says what a run without it says."""
    root = project()
    before = made(root)
    text = (root / path).read_text(encoding="utf-8") if old else ""
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    after = made(root)
    assert before != after
    shutil.rmtree(root / ".cache")
    assert after == made(root)


def test_a_line_is_right_in_a_file_that_is_kept(project: Project) -> None:
    """A file that did not change may be wrong all the same, because another did."""
    root = project()
    made(root)
    (root / PRESS).unlink()
    line = next(
        number
        for number, line in enumerate((root / DRY).read_text(encoding="utf-8").split("\n"), 1)
        if "text: |" in line  # a link is named by the line of its field
    )

    assert f"{DRY}:{line}: " in made(root)[0]


def test_half_a_file_is_not_believed(project: Project) -> None:
    """What a run that was stopped left behind is found out again."""
    root = project()
    first = made(root)
    for file in (root / ".cache").glob("*.json"):
        file.write_text(file.read_text(encoding="utf-8")[:50], encoding="utf-8")

    assert first == made(root)


def test_only_what_was_asked_for_is_kept(project: Project) -> None:
    """A file that is gone is not kept for ever."""
    root = project()
    made(root)
    before = (root / ".cache/files.json").stat().st_size
    (root / PICKING).unlink()
    made(root)

    assert (root / ".cache/files.json").stat().st_size < before


def test_a_project_that_cannot_be_written_to_is_checked_all_the_same(project: Project) -> None:
    """Nothing is kept then, and nothing is said of it."""
    root = project()
    shutil.rmtree(root / ".cache", ignore_errors=True)
    first = made(root)
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_text("in the way", encoding="utf-8")

    assert first == made(root)


# ------------------------------------------------------------------------------------------------------------
# What is found out again, and when


WORK: dict[str, tuple[ModuleType, str, str]] = {
    "a flow is proved": (proof, "prove", "flow.paths"),
    "faults are put into a flow": (mutants, "score", "flow.rules"),
    "a file of data is read": (yaml_reader, "parse", "source.text_files"),
    "a page is scored": (readability, "_page_score", "source.markup"),
    "fonts are asked for their letters": (handout_rules, "_in_all", "checks.handouts"),
    "a sheet is measured": (pdf, "sides", "handouts.layout"),
    "a sheet is printed": (pdf, "build", "handouts.qr"),
    "a card is drawn": (typesetting, "png", "typesetting"),
}
"""What takes long: the function that does it, and a module whose code decides what comes of it."""

Run = Callable[[], set[str]]


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Makes all of a project, once with nothing kept, and then again: what of the work was done this time."""
    root, done = project(), set[str]()
    shutil.rmtree(root / ".cache", ignore_errors=True)
    for name, (module, function, _) in WORK.items():
        real = getattr(module, function)

        def counted(*given: Any, name: str = name, real: Callable[..., Any] = real, **more: Any) -> Any:
            if given[:1] != ("mkdocs.yml",):  # small, and read every time
                done.add(name)
            return real(*given, **more)

        monkeypatch.setattr(module, function, counted)

    def run() -> set[str]:
        done.clear()
        cache.code_digest.cache_clear()
        site = careguide.build(root, today=TODAY)
        assert not site.blocked
        careguide.pdfs(site, root)
        careguide.cards(site, root)
        return set(done)

    assert set(WORK) == run()
    return run


def test_nothing_is_done_twice(run: Run) -> None:
    """Where nothing has changed, nothing that takes long is done again."""
    assert set() == run()


def test_other_code_is_a_change(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it stands in a module that the work only imports."""
    source = cache._source
    for work, (_, _, module) in WORK.items():
        with monkeypatch.context() as patch:
            other = f"careguide.{module}"
            patch.setattr(cache, "_source", lambda name, other=other: source(name) + b"\n#" * (name == other))
            assert work in run()
        run()


def test_another_library_is_a_change(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new typesetter may set a sheet otherwise."""
    version = cache._version
    monkeypatch.setattr(cache, "_version", lambda name: version(name) + "1" * (name == "typst"))

    assert {"a sheet is measured", "a sheet is printed", "a card is drawn"} <= run()


def test_another_template_is_a_change(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What sheets and cards are laid out by is no Python, and counts all the same."""
    shutil.copytree(typesetting.ROOT, tmp_path / "typst")
    for template in (tmp_path / "typst").glob("*.typ"):
        template.write_text(f"// Another.\n{template.read_text(encoding='utf-8')}", encoding="utf-8")
    monkeypatch.setattr(typesetting, "ROOT", tmp_path / "typst")

    assert {"a sheet is measured", "a sheet is printed", "a card is drawn"} <= run()


def test_code_depends_on_what_it_imports() -> None:
    """For every module: itself and all it imports, directly or not, as a tool that reads imports says too."""
    graph = grimp.build_graph("careguide")
    modules = graph.modules - {"careguide"}
    expected = {each: {each} | graph.find_upstream_modules(each) - {"careguide"} for each in modules}

    assert len(modules) > 50
    assert expected == {each: cache.closure(each)[0] for each in modules}
    assert {"pikepdf", "typst", "segno"} <= cache.closure("careguide.handouts.pdf")[1]


# ------------------------------------------------------------------------------------------------------------
# What is forgotten


def test_old_pictures_and_sheets_are_forgotten(project: Project) -> None:
    """However often a text is changed, two versions are kept: what is shown now, and what was before."""
    root = project()
    title = "title: Press the nose"
    counts = set()
    for words in ("", " well", " very well", " very well now"):
        for path, text in changed("data/remedies/press-the-nose.yml", (title, title + words)).items():
            (root / path).write_text(text, encoding="utf-8")
        site = careguide.build(root, today=TODAY)
        careguide.pdfs(site, root)
        careguide.cards(site, root)
        kept = [file for name in ("cards", "handouts") for file in (root / ".cache" / name).rglob("*.p*")]
        counts.add(len(kept) - len(site.pages) - 4 * len(site.handouts))

    assert 0 in counts
    assert max(counts) <= 1 + 4 * 3  # a card, and the PDFs of the sheets that name the remedy


def test_one_sheet_alone_lets_no_other_be_forgotten(project: Project) -> None:
    """Whoever prints one sheet does not wait for all of them the next time."""
    root = project()
    site = careguide.build(root, today=TODAY)
    everything = careguide.pdfs(site, root)
    careguide.pdfs(site, root, only=["press-the-nose"])

    assert everything[0]
    assert everything == careguide.pdfs(site, root, only_kept=True)


def test_a_store_keeps_what_is_asked_for(tmp_path: Path) -> None:
    """And what was asked for in the build before; what nobody asked for twice is gone."""

    def build(*keys: str) -> None:
        store = cache.FileStore(tmp_path)
        for key in keys:
            assert store.get(key, ".txt", partial(str.encode, key)) == key.encode()
        store.forget_others()

    build("a", "b")
    build("a")
    assert (b"a", b"b") == tuple(cache.FileStore(tmp_path).find(key, ".txt") for key in "ab")
    build("a")
    build("a")
    assert (b"a", None) == tuple(cache.FileStore(tmp_path).find(key, ".txt") for key in "ab")


# ------------------------------------------------------------------------------------------------------------
# The digest of a value


def test_a_digest_changes_with_the_value() -> None:
    """Also deep inside; and with the order of a list, but not with that of the keys of a mapping."""
    values = [
        {"a": [1, 2]},
        {"a": [2, 1]},
        {"a": (1, 2, 3)},
        {"b": [1, 2]},
        b"a",
        b"b",
        {"a", "b"},
        None,
        "None",
    ]

    assert len(values) == len({cache.digest(value) for value in values})
    assert cache.digest({"a": 1, "b": 2}) == cache.digest({"b": 2, "a": 1})
    with pytest.raises(TypeError):
        cache.digest(object())
