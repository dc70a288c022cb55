"""What is kept between two runs makes the second quicker, and changes nothing that anyone sees."""

from __future__ import annotations

import dataclasses
import functools
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import careguide
import grimp
import pytest
from careguide import pipeline, templating, typesetting
from careguide.checks import handouts as handout_rules
from careguide.flow import mutants, proof
from careguide.guide import readability
from careguide.handouts import pdf
from careguide.source import cache, digests, yaml_reader
from careguide.source.problems import report
from conftest import TESTS, TODAY, changed
from sites import copy_example

PICKING, VESSELS, PRESS, READING, PAGE = (
    "data/causes/picking.yml",
    "data/causes/weak-vessels.yml",
    "data/remedies/press-the-nose.yml",
    "data/reading.yml",
    "content/symptoms/nosebleed.md",
)


def made(root: Path) -> tuple[str, list[tuple[str, object]]]:
    """What a contributor sees of a project: its problems, and how hard its pages are."""
    found = careguide.build(root, today=TODAY)
    return report(found.problems), [(page.path, score) for page, score in found.scores]


Copied = Callable[[], Path]


@pytest.fixture(scope="module", autouse=True)
def _own_templates() -> Iterator[None]:
    """Here each project keeps its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "store", cache.store)
        yield


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[object, ...]]:
    """The example guide, made once with nothing kept: its project with what was kept, and what was made."""
    root = copy_example(tmp_path_factory.mktemp("kept"))
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return root, everything(root)


@pytest.fixture
def copied(example: tuple[Path, tuple[object, ...]], tmp_path: Path) -> Copied:
    """Copies that project with all that was kept."""

    def copy() -> Path:
        return Path(shutil.copytree(example[0], tmp_path / "project"))

    return copy


def test_a_second_run_says_what_the_first_said(tmp_path: Path) -> None:
    """Every problem is found again, at its line."""
    root = tmp_path / "wrong"
    shutil.copytree(TESTS / "wrong", root, ignore=shutil.ignore_patterns(".cache"))

    first = made(root)
    assert (root / ".cache/files.json").is_file()
    assert first == made(root)


def test_what_has_changed_is_found_out_anew(copied: Copied) -> None:
    """After any edit a run with what was kept says what a run without it says."""
    root = copied()
    before, hard = made(root), "Notwithstanding considerable disagreement, perseverance is recommended."
    edits = {
        PRESS: ("text: ", f"text: {hard} "),
        PAGE: ("# Nosebleed", f"# Nosebleed\n\n{hard}"),
        PICKING: ("title: ", "titel: "),
    }
    (root / READING).write_text("names: [nose, blood]\n", encoding="utf-8")
    for path, (old, new) in edits.items():
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    after = made(root)
    now, then = dict(after[1]), dict(before[1])
    assert "titel must be a field that exists" in after[0]
    assert {"remedies/press-the-nose.md", "symptoms/nosebleed.md"} < {
        path for path, score in then.items() if now.get(path) != score
    }
    shutil.rmtree(root / ".cache")
    assert after == made(root)


def test_a_line_is_right_in_a_file_that_is_kept(copied: Copied) -> None:
    """A file that did not change may be wrong all the same, because another did."""
    root = copied()
    (root / "data/treatments/closing-the-vessel.yml").unlink()
    line = next(
        number
        for number, line in enumerate((root / VESSELS).read_text(encoding="utf-8").split("\n"), 1)
        if "(treatment:closing-the-vessel)" in line
    )

    assert f"{VESSELS}:{line}: " in made(root)[0]


def test_only_what_was_asked_for_is_kept(copied: Copied) -> None:
    """A file that is gone is not kept for ever."""
    root = copied()
    before = (root / ".cache/files.json").stat().st_size
    (root / PICKING).unlink()
    made(root)

    assert (root / ".cache/files.json").stat().st_size < before


# ------------------------------------------------------------------------------------------------------------
# What is not believed


DAMAGED = (b"", b"null", b"[]", b"\xff\xfe", b'{"key": [], "found": {"a": 1}}', b"[" * 100_000, bytes(1000))


def test_no_damage_is_believed(tmp_path: Path) -> None:
    """Of a file, or of a file of values: what a run that was stopped left behind, or anything else."""
    file = tmp_path / "values.json"
    for damage in DAMAGED:
        for half in (False, True):
            values = cache.Cache(file)
            values.put("a", "kept")
            values.close()
            assert "kept" == cache.Cache(file).get("a")
            file.write_bytes((file.read_bytes()[: file.stat().st_size // 2] if half else b"") + damage)

            assert None is cache.read(file), damage
            assert None is cache.Cache(file).get("a"), damage


def test_damaged_files_are_as_good_as_none(copied: Copied, example: tuple[Path, tuple[object, ...]]) -> None:
    """Whatever is damaged is found out and made again, and nobody sees it."""
    root, first = copied(), example[1]
    files = [file for file in sorted((root / ".cache").rglob("*")) if file.is_file()]
    assert {".json", ".pickle", ".pdf", ".png", ".cache"} == {file.suffix for file in files}
    damaged = []
    for number, file in enumerate(files):
        half = file.read_bytes()[: file.stat().st_size // 2] if number % 2 else b""
        damaged.append(half + DAMAGED[number % len(DAMAGED)])
        file.write_bytes(damaged[-1])

    assert first == everything(root)
    assert [] == [file for file, damage in zip(files, damaged, strict=True) if file.read_bytes() == damage]


def everything(root: Path) -> tuple[object, ...]:
    """All that a build makes of a project, with what is read in anew."""
    templating._environment.cache_clear()
    site = careguide.build(root, today=TODAY)
    pages = [(page.path, page.text) for page in site.pages]
    return (
        report(site.problems),
        pages,
        site.web_sheets,
        careguide.pdfs(site, root),
        careguide.cards(site, root),
    )


def test_the_data_is_believed_and_not_what_was_kept(
    copied: Copied, example: tuple[Path, tuple[object, ...]]
) -> None:
    """Somebody turns a sentence into its opposite in what is kept, or swaps two pictures."""
    root, first = copied(), example[1]
    kept = root / ".cache"
    text = (kept / "files.json").read_text(encoding="utf-8")
    assert "Dry air makes" in text
    (kept / "files.json").write_text(text.replace("Dry air makes", "Dry air never makes"), encoding="utf-8")
    for folder in ("handouts", "cards", "templates"):
        one, other = sorted((kept / folder).glob("*.*"))[:2]
        content = one.read_bytes()
        assert content != other.read_bytes()
        one.write_bytes(other.read_bytes())
        other.write_bytes(content)

    assert first == everything(root)


def test_what_another_user_has_written_is_not_believed(
    copied: Copied, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as files that came with a checkout: their seal was made with another secret."""
    root = copied()
    first = made(root)
    files = cache.Cache(root / ".cache" / "mine.json")
    files.put("a", "believed")
    files.close()
    assert "believed" == cache.Cache(root / ".cache" / "mine.json").get("a")
    cache._secret.cache_clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    try:
        assert None is cache.Cache(root / ".cache" / "mine.json").get("a")
        assert first == made(root)
    finally:
        cache._secret.cache_clear()


def test_nothing_is_waited_for(copied: Copied) -> None:
    """A pipe, a folder or a link with the name of what is kept is no file."""
    root = copied()
    first = made(root)
    odd: list[Callable[[Path, Path], None]] = [
        lambda file, _: os.mkfifo(file),
        lambda file, _: file.mkdir(),
        lambda file, elsewhere: file.symlink_to(elsewhere),
        lambda file, _: file.symlink_to(file),
    ]
    files = sorted((root / ".cache").glob("*.json"))
    assert len(files) > len(odd)
    for number, file in enumerate(files):
        elsewhere = file.with_suffix(".moved")
        file.rename(elsewhere)
        odd[number % len(odd)](file, elsewhere)

        assert None is cache.read(file)

    assert first == made(root)


# ------------------------------------------------------------------------------------------------------------
# Where nothing can be kept


def test_a_project_that_cannot_be_written_to_is_checked_all_the_same(copied: Copied) -> None:
    """Nothing is kept then, which one notice says."""
    root = copied()
    first = made(root)
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_text("in the way", encoding="utf-8")

    notice = (
        ".cache:1: notice: nothing is kept from run to run: .cache must be a folder that can be made "
        "(File exists)\n  Tip: Everything is right without it, but takes longer each time."
    )
    assert (f"{notice}\n{first[0]}".strip(), first[1]) == made(root)


def test_a_user_without_a_home_keeps_nothing(
    copied: Copied, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a secret nothing could be believed the next time."""
    root = copied()
    first = made(root)
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    cache._secret.cache_clear()
    try:
        assert first[1] == made(root)[1]
        assert f"{tmp_path}/file/careguide/seal must be a file that you may read" in made(root)[0]
    finally:
        cache._secret.cache_clear()


def test_a_folder_that_is_a_link_is_not_used(
    copied: Copied, example: tuple[Path, tuple[object, ...]], tmp_path: Path
) -> None:
    """Nothing is written where it leads to, and nothing is deleted there."""
    root, elsewhere, first = copied(), tmp_path / "elsewhere", example[1]
    (elsewhere / "old").mkdir(parents=True)
    for name in ("mine.pdf", "old/mine.pdf"):
        (elsewhere / name).write_text("mine", encoding="utf-8")
    for folders in (("handouts", "cards/old"), ("",)):
        for name in folders:
            folder = root / ".cache" / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.symlink_to(elsewhere)
        assert first[1:] == everything(root)[1:]
    assert ".cache must be a folder, not a link" in made(root)[0]

    assert ["mine.pdf", "old", "old/mine.pdf"] == sorted(
        file.relative_to(elsewhere).as_posix() for file in elsewhere.rglob("*")
    )


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    """No file may grow here for a moment, as on a full disk; nothing is kept, and nothing is left over."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        cache.write(tmp_path / "large.json", bytes(1000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [] == list(tmp_path.iterdir())

    cache.write(tmp_path / "large.json", bytes(1000))
    assert bytes(1000) == cache.read(tmp_path / "large.json")


# ------------------------------------------------------------------------------------------------------------
# What is found out again, and when


WORK: dict[str, tuple[ModuleType, str, str]] = {
    "a flow is proved": (proof, "prove", "flow.paths"),
    "faults are put into a flow": (mutants, "score", "flow.rules"),
    "a file of data is read": (yaml_reader, "parse", "source.text_files"),
    "a page is scored": (readability, "_page_score", "source.markup"),
    "fonts are asked for their letters": (handout_rules, "_in_all_fonts", "checks.handouts"),
    "a sheet is measured": (pdf, "sides", "handouts.layout"),
    "a sheet is printed": (pdf, "build", "handouts.qr"),
    "a card is drawn": (typesetting, "png", "typesetting"),
}
"""What takes long: the function that does it, and a module whose code decides what comes of it."""

SET = {"a sheet is measured", "a sheet is printed", "a card is drawn"}
Run = Callable[[], set[str]]


@pytest.fixture
def run(copied: Copied, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Makes a project again, with one card and one sheet: what of the work was done this time."""
    root, done = copied(), set[str]()
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # no copy of this program does any of it
    for name, (module, function, _) in WORK.items():
        real = getattr(module, function)

        def counted(*given: Any, name: str = name, real: Callable[..., Any] = real, **more: Any) -> Any:
            if given[:1] != ("mkdocs.yml",):  # small, and read every time
                done.add(name)
            return real(*given, **more)

        monkeypatch.setattr(module, function, counted)

    def run() -> set[str]:
        done.clear()
        digests.code_digest.cache_clear()
        site = careguide.build(root, today=TODAY)
        assert not site.blocked
        careguide.pdfs(site, root, only=["press-the-nose"])
        careguide.cards(dataclasses.replace(site, pages=site.pages[:1]), root)
        return set(done)

    return run


def test_only_what_a_change_is_of_is_done_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing where nothing has changed; other code counts also in a module that the work only imports.

    A new typesetter may set a sheet otherwise; and what sheets and cards are laid out by is no Python.
    """
    assert set() == run()

    source, others = digests._source, set[str]()
    monkeypatch.setattr(digests, "_source", lambda name: source(name) + b"\n#" * (name in others))
    for work, (_, _, module) in WORK.items():
        others.add(f"careguide.{module}")
        assert work in run()
    assert set() == run()

    version = digests.version
    monkeypatch.setattr(digests, "version", lambda name: version(name) + "1" * (name == "typst"))
    assert run() >= SET

    shutil.copytree(typesetting.ROOT, tmp_path / "typst")
    for template in (tmp_path / "typst").glob("*.typ"):
        template.write_text(f"// Another.\n{template.read_text(encoding='utf-8')}", encoding="utf-8")
    monkeypatch.setattr(typesetting, "ROOT", tmp_path / "typst")
    assert run() >= SET


def test_code_depends_on_what_it_imports() -> None:
    """For every module: itself and all it imports, directly or not, as a tool that reads imports says too."""
    graph = grimp.build_graph("careguide")
    modules = graph.modules - {"careguide"}
    expected = {each: {each} | graph.find_upstream_modules(each) - {"careguide"} for each in modules}

    assert len(modules) > 50
    assert expected == {each: digests.closure(each)[0] for each in modules}
    assert {"pikepdf", "typst", "segno"} <= digests.closure("careguide.handouts.pdf")[1]


# ------------------------------------------------------------------------------------------------------------
# What is forgotten


def test_old_pictures_and_sheets_are_forgotten(copied: Copied) -> None:
    """However often a text is changed, two versions are kept: what is shown now, and what was before."""
    root = copied()
    for name in ("cards", "handouts"):
        shutil.rmtree(root / ".cache" / name)
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


def test_one_sheet_alone_lets_no_other_be_forgotten(copied: Copied) -> None:
    """Whoever prints one sheet does not wait for all of them the next time."""
    root = copied()
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

    assert len(values) == len({digests.digest(value) for value in values})
    assert digests.digest({"a": 1, "b": 2}) == digests.digest({"b": 2, "a": 1})
    with pytest.raises(TypeError):
        digests.digest(object())


@dataclasses.dataclass(frozen=True)
class _Worked:
    """A value that works something out of its fields when it is asked."""

    number: int

    @functools.cached_property
    def double(self) -> int:
        """What is worked out."""
        return 2 * self.number


def test_what_a_value_has_worked_out_does_not_change_it() -> None:
    """A digest stands for the fields of a value, whatever was asked of it before."""
    value = _Worked(2)
    before = digests.digest(value)

    assert value.double == 4
    assert digests.digest(value) == before
    assert digests.digest(_Worked(3)) != before
