"""How the code is built, in figures: `make structure`; with a revision beside it `make structure SINCE=…`.

A room is a folder of the package, or a module that stands beside the folders.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "careguide"
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Structure:
    """One version of the code, counted."""

    modules: Counter[str]
    """How many modules each room has; its `__init__.py` is none."""
    arrows: frozenset[tuple[str, str]]
    """Which room imports which other one."""
    circles: list[list[str]]
    """Modules that import each other in a circle; the first that is found, or none."""
    lines: int
    """Lines of Python, as an editor counts them."""
    statements: int
    """Statements of Python, without docstrings."""
    comprehensions: float
    """Comprehensions and generator expressions per 100 lines."""
    comments: float
    """Comments per 100 lines."""
    width: int
    """Letters in a line that 99 of 100 lines, of those that are not empty, do not exceed."""


def structure(root: Path) -> Structure:
    """The structure of the project in a folder."""
    files = sorted((root / "hooks" / PACKAGE).rglob("*.py"))
    names = {_module_name(file, root): file for file in files}
    texts = {name: file.read_text(encoding="utf-8") for name, file in names.items()}
    trees = {name: ast.parse(text) for name, text in texts.items()}
    imports = {name: _imported(tree, name, names) for name, tree in trees.items()}
    lines = [line for text in texts.values() for line in text.splitlines()]
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    widths = sorted(len(line) for line in lines if line.strip())
    return Structure(
        modules=Counter(_room(name) for name, file in names.items() if file.name != "__init__.py"),
        arrows=frozenset(
            (_room(name), _room(other))
            for name, others in imports.items()
            for other in others
            if _room(name) != _room(other)
        ),
        circles=_circles(imports),
        lines=len(lines),
        statements=sum(isinstance(node, ast.stmt) and not _is_docstring(node) for node in nodes),
        comprehensions=100 * sum(isinstance(node, _COMPREHENSIONS) for node in nodes) / len(lines),
        comments=100 * sum(map(_comments, files)) / len(lines),
        width=widths[int(len(widths) * 0.99)],
    )


def _module_name(file: Path, root: Path) -> str:
    """`hooks/careguide/pages/writer.py` → careguide.pages.writer; a package is named by its folder."""
    path = file.relative_to(root / "hooks").with_suffix("")
    return ".".join(path.parts).removesuffix(".__init__")


def _room(name: str) -> str:
    """The room of a module: `pages` of careguide.pages.writer. The package's own face is one too."""
    return f"{name}.{PACKAGE}".split(".")[1]


def _imported(tree: ast.Module, name: str, names: dict[str, Path]) -> set[str]:
    """The modules of the package that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                # `writer` of careguide.pages is a module, `Page` of careguide.pages.writer is none.
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in names else str(node.module))
        elif isinstance(node, ast.ImportFrom):
            # Relative: only the package's own files, before the rooms, wrote so.
            package = name if names[name].name == "__init__.py" else name.rpartition(".")[0]
            module = f"{package}.{node.module}" if node.module else package
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                found.add(inner if inner in names else module)
    return {each for each in found if each in names and each != name}


def _circles(imports: dict[str, set[str]]) -> list[list[str]]:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return [error.args[1]]
    return []


def _is_docstring(node: ast.stmt) -> bool:
    """Whether a statement is a text by itself: a docstring, also one below a field."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _comments(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(token.type == tokenize.COMMENT for token in tokenize.tokenize(lines.readline))


def style_lines(root: Path) -> int:
    """Lines of CSS, in the package and in `overrides/`."""
    styles = [file for folder in ("hooks", "overrides") for file in (root / folder).rglob("*.css*")]
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in styles)


def mypy_errors(root: Path) -> int:
    """How many errors mypy finds, by the settings of today."""
    command = ["mypy", "--config-file", str(ROOT / "pyproject.toml"), "--no-incremental"]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False
    )
    found = re.search(r"Found (\d+) error", done.stdout)
    return int(found[1]) if found else 0


def report(root: Path) -> dict[str, str]:
    """What the table says of a version, row by row."""
    found = structure(root)
    largest = ", ".join(f"{room} {count}" for room, count in found.modules.most_common() if count > 1)
    return {
        "modules": str(found.modules.total()),
        "of these in folders": largest or "all side by side",
        "rooms": str(len(found.modules)),
        "import arrows between rooms": str(len(found.arrows)),
        "circles": str(len(found.circles)),
        "lines of Python": f"{found.lines:,}",
        "statements of Python": f"{found.statements:,}",
        "comprehensions per 100 lines": f"{found.comprehensions:.1f}",
        "comments per 100 lines": f"{found.comments:.1f}",
        "width of 99 % of lines": str(found.width),
        "mypy errors": str(mypy_errors(root)),
        "lines of CSS": f"{style_lines(root):,}",
    }


def main(revisions: list[str]) -> None:
    """Print the working tree as it is, after each revision that was asked for."""
    reports = {}
    for revision in revisions:
        with tempfile.TemporaryDirectory() as folder:
            archive = subprocess.run(
                ["git", "archive", revision, "hooks", "overrides"],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                check=True,
            )
            subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
            reports[revision] = report(Path(folder))
    reports["now"] = report(ROOT)
    for row in reports["now"]:
        print(row)
        for version, values in reports.items():
            print(f"  {version:<10} {values[row]}")


if __name__ == "__main__":
    main(sys.argv[1:])
