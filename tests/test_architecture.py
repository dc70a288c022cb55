"""Who may import whom. The core knows no engine, data flows one way, and what is said here is read from the code itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import careguide
import pytest

CORE = Path(careguide.__file__).parent
HOOK = CORE.parent / "mkdocs_hooks.py"
MODULES = {file.stem: file for file in CORE.glob("*.py")}

RANKS = (
    (
        {"kept", "lines", "markup", "problems", "qr", "render"},
        "words, lines and templates that everything is made of, and what is kept between runs; they know nothing of guides",
    ),
    ({"fields", "sheet"}, "the kinds of value a field can hold, and what printed sheets are made of"),
    ({"lists", "reading", "source"}, "what is made of fields alone: kinds in lists, reading scores, files read as values"),
    (
        {"build", "directives", "paper", "pdf", "safety", "words"},
        "values become parts, pages pieces, and sheets paper; the kinds of flows name people, who stand in the lists",
    ),
    ({"model"}, "the table of all kinds"),
    ({"told"}, "what the model says of each field, in plain words"),
    ({"sample"}, "a thing to fill in"),
    ({"guide"}, "everything that was read, linked"),
    ({"order", "texts", "writing"}, "a guide in the order, and with the links, of one page; all its texts, one by one"),
    (
        {"drafts", "drawings", "flow", "review", "settings"},
        "what is not published yet, or no longer as it was reviewed; what stands around the data; what each answer of a flow does",
    ),
    ({"answers", "flow_view", "states", "vignettes"}, "a flow as all its answers, as its page shows it, and as stories; a thing in every state"),
    ({"chart", "handout", "proof"}, "what is drawn, and printed, from the view and shown from the answers"),
    ({"age"}, "a sheet beside its older versions"),
    ({"twin"}, "a sheet as a bare web page"),
    (
        {"changes", "flow_rules", "footnotes", "handout_rules", "pages", "press"},
        "a guide as pages and on paper, and what is wrong with its flows and its sheets",
    ),
    ({"forms", "schema"}, "help for those who write: what an editor and an issue form must know of the guide"),
    ({"outline"}, "a new symptom, in the limits that the rules for flows set"),
    ({"advice", "card", "links", "mutants", "rules"}, "what can be said, or shown, only of pages that are made, or of rules that are there"),
    ({"figures"}, "all of that in numbers"),
    ({"__init__"}, "the names that adapters may use"),
    ({"difference", "versions"}, "two versions of all that; a version as its folder"),
    ({"pull_request"}, "what differs, as Markdown"),
    ({"contribute"}, "an adapter: the commands for contributors"),
    ({"cli"}, "an adapter: a shell"),
    ({"__main__"}, "the same, without installing"),
)
"""A module imports only from rows above its own. Each row with what it is, which is why it stands there."""

LIBRARIES = {
    "problems": {"rapidfuzz"},  # 'Did you mean …?'
    "fields": {"pydantic"},
    "lists": {"pydantic"},
    "model": {"pydantic"},
    "told": {"pydantic"},  # reads what the model declares
    "safety": {"pydantic"},
    "build": {"pydantic"},  # puts its complaints into a contributor's words
    "source": {"yaml"},  # the only module that knows what a file looks like
    "render": {"jinja2"},  # the only module that knows templates
    "age": {"pydantic"},  # reads its own lines
    "qr": {"segno"},
    "card": {"typst"},
    "pdf": {"pikepdf", "typst"},  # the only module that knows how a sheet is set
    "handout_rules": {"fontTools"},  # which letters can be printed
}
"""Who may import what from outside the standard library."""

ENGINES = {"mkdocs", "properdocs", "material", "zensical", "markdown"}
UNSURE = {"requests", "urllib.request", "urllib3", "httpx", "http", "socket", "ftplib", "smtplib", "random", "secrets", "uuid", "time", "subprocess"}
"""What would make two runs differ: the network, chance, the clock, other programs."""

ADAPTERS = {"cli", "versions"}
"""Modules that may ask all the same: they are no part of the core."""

CLI_MODULES = {
    "age": "keeps what the sheets say, which only a person asks for",
    "advice": "plainer words, which nobody waits for who only wants to build",
    "contribute": "the commands for contributors",
    "changes": "compares two versions of the flows; nobody else asks for it",
    "difference": "compares two versions of all pages",
    "guide": "reads a version without making pages",
    "problems": "says which sheet may have been meant",
    "pull_request": "writes down what differs",
    "review": "signs a page",
    "versions": "finds a version",
}
"""Modules that the command line uses beside the public names."""


def imports(code: str, package: str = "careguide") -> set[str]:
    """Every module that code imports anywhere in it, in full: `from . import guide` in the core is `careguide.guide`."""
    return {name for node in ast.walk(ast.parse(code)) for name in _imported(node, package)}


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        inside = ".".join(part for part in (package if node.level else "", node.module) if part)
        for alias in node.names:
            # A name of the package itself is known to its __init__; any other stands in a module.
            known = inside != package or alias.name in MODULES
            yield f"{inside}.{alias.name}" if inside in ("careguide", "urllib") and known else f"{inside}.__init__" if inside == package else inside


def core_modules(code: str) -> set[str]:
    """The modules of the core that code imports, by their short names."""
    return {parts[1] if len(parts) > 1 else "__init__" for name in imports(code) if (parts := name.split("."))[0] == "careguide"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import yaml", {"yaml"}),
        ("import urllib.request as web", {"urllib.request"}),
        ("from urllib import request", {"urllib.request"}),
        ("from urllib.parse import urlsplit", {"urllib.parse"}),
        ("from . import guide, Page", {"careguide.guide", "careguide.__init__"}),
        ("from .guide import Guide", {"careguide.guide"}),
        ("import careguide.guide", {"careguide.guide"}),
        ("from careguide import guide", {"careguide.guide"}),
        ("from careguide.guide import Guide", {"careguide.guide"}),
        ("def f():\n    import random", {"random"}),  # hidden in a function
        ("if TYPE_CHECKING:\n    from mkdocs.config import Config", {"mkdocs.config"}),  # a hint is a leak too
        ("try:\n    import a\nexcept ImportError:\n    import b", {"a", "b"}),
        ("x = 'import yaml'", set()),
    ],
)
def test_imports_are_found_however_they_are_written(code: str, expected: set[str]) -> None:
    """The tests below would miss nothing."""
    assert expected == imports(code)


def test_every_module_has_its_rank() -> None:
    """A new module is placed on purpose, once; one that is gone leaves the table."""
    ranked = sorted(name for row, _ in RANKS for name in row)

    assert sorted(MODULES) == ranked


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_from_lower_ranks(name: str) -> None:
    """Data flows one way and never back."""
    rank = {each: number for number, (row, _) in enumerate(RANKS) for each in row}
    used = core_modules(MODULES[name].read_text(encoding="utf-8"))

    assert [] == sorted(each for each in used if rank[each] >= rank[name])


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_uses_only_its_own_libraries(name: str) -> None:
    """What a file looks like is known to one module, what a template is to another; no engine is known to any."""
    used = {each.split(".")[0] for each in imports(MODULES[name].read_text(encoding="utf-8"))} - {"careguide"}

    assert LIBRARIES.get(name, set()) == used - sys.stdlib_module_names


def test_the_core_runs_without_any_engine() -> None:
    """With every engine made unfindable, the core and the command line still load."""
    code = f"import sys; sys.modules.update(dict.fromkeys({sorted(ENGINES)})); import careguide.cli; careguide.make"
    done = subprocess.run([sys.executable, "-c", code], cwd=CORE.parent, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize("name", sorted(set(MODULES) - ADAPTERS))
def test_the_core_asks_neither_clock_nor_network_nor_chance(name: str) -> None:
    """Two runs on the same guide say the same; the day is handed in by an adapter."""
    code = MODULES[name].read_text(encoding="utf-8")
    used = {each for each in imports(code) if each in UNSURE or each.split(".")[0] in UNSURE}

    assert ([], []) == (sorted(used), _clocks(code))


def _clocks(code: str) -> list[str]:
    """Calls that ask for the day or the time."""
    calls = (node.func for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    return [ast.unparse(call) for call in calls if isinstance(call, ast.Attribute) and call.attr in ("today", "now", "utcnow")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("datetime.date.today()", ["datetime.date.today"]),
        ("x = f(datetime.now(tz))", ["datetime.now"]),
        ("def make(*, today): return today", []),
        ("self.today < due", []),
    ],
)
def test_clocks_are_found(code: str, expected: list[str]) -> None:
    """The test above would miss none."""
    assert expected == _clocks(code)


def test_the_public_names_exist() -> None:
    """What `__init__` promises is there."""
    assert [] == [name for name in careguide.__all__ if not hasattr(careguide, name)]


def test_the_hook_uses_only_public_names() -> None:
    """An engine's adapter knows the package, never its modules, so that the next one is as small."""
    code = HOOK.read_text(encoding="utf-8")
    used = {
        node.attr
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "careguide"
    }

    assert {"careguide"} == {name for name in imports(code) if name.startswith("careguide")}
    assert [] == sorted(used - set(careguide.__all__))
    assert used


def test_the_command_line_uses_public_names() -> None:
    """Beside them it uses only the modules that are listed with a reason, and none of these in vain."""
    nodes = [node for node in ast.walk(ast.parse(MODULES["cli"].read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom) and node.level]

    assert {None} == {node.module for node in nodes}
    assert set(CLI_MODULES) == {alias.name for node in nodes for alias in node.names} - set(careguide.__all__)
