"""Taking a thing out of a guide: only once nothing names it, and nothing is left half."""

from __future__ import annotations

from pathlib import Path

import careguide
import pytest
from careguide.cli import main
from conftest import TODAY, Project, article, load

pytestmark = pytest.mark.usefixtures("today")


def remove(root: Path, kind: str, id_: str) -> int:
    """What the command ends with."""
    return main(["--root", str(root), "remove", kind, id_])


def blocking(root: Path) -> list[str]:
    """What would stop the guide from being published."""
    return [str(each) for each in careguide.build(root, today=TODAY).problems if each.blocks]


def test_what_names_a_thing_is_listed_worst_first(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is asked and shown stands before what only tests it; nothing is removed."""
    page = article("See [it](criterion:bead).\n\n<!-- guide: signs criterion:bead -->\n")
    root = project({"content/more.md": page})
    before = (root / "data/criteria.yml").read_bytes()

    assert 1 == remove(root, "criterion", "bead")
    assert [
        "data/symptoms/nosebleed.yml:24: signs[2] names 'bead', in symptom:nosebleed",
        "data/vignettes/nosebleed.yml:36: stories[7].present[1] names 'bead', in vignettes:nosebleed",
        "content/more.md:8: a section names 'bead'",
        "content/more.md:6: the text names 'bead'",
        "",
        "Nothing was removed: 4 places must stop naming criterion:bead first.",
        "",
    ] == capsys.readouterr().err.split("\n")
    assert before == (root / "data/criteria.yml").read_bytes()


def test_a_thing_that_nothing_names_goes_from_its_list(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its lines go and no other; what only it has named is told."""
    root = project()
    sources = root / "data/sources.yml"
    before = sources.read_text(encoding="utf-8")
    entry = "- id: spare\n  title: Spare\n  publisher: Nobody\n  url: https://spare.example/\n  kind: study\n"
    first, second, rest = before.partition("- id: study\n")
    sources.write_text(first + entry + second + rest, encoding="utf-8")

    assert [] == blocking(root)  # a source that nobody cites is worth a notice, and no more
    odd = "# A line\u2028of a note\n"  # which is one line to YAML
    sources.write_text(odd + sources.read_text(encoding="utf-8"), encoding="utf-8")
    assert 0 == remove(root, "source", "spare")
    assert odd + before == sources.read_text(encoding="utf-8")
    assert "Removed: spare in data/sources.yml.\n" == capsys.readouterr().out


def test_a_symptom_takes_what_is_its_own_along(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Its questions, its stories and its article; what it alone has named stays, and is told."""
    root = project({"content/symptoms/blocked-nose.md": article("<!-- guide: causes -->\n")})

    assert 0 == remove(root, "symptom", "blocked-nose")
    out = capsys.readouterr().out
    assert "Removed: data/symptoms/blocked-nose.yml, content/symptoms/blocked-nose.md.\n" in out
    assert "\nNothing names these any more: remedy:steam, " in out
    assert "blocked-nose" not in load(root).symptoms
    assert not (root / "content/symptoms/blocked-nose.md").exists()
    assert [] == blocking(root)


def test_a_new_symptom_can_be_taken_back(project: Project) -> None:
    """Whatever `new` has written, `remove` takes away: the guide is as before."""
    root = project()
    before = {file: file.read_bytes() for file in root.rglob("*.*") if file.is_file()}
    assert 0 == main(["--root", str(root), "new", "symptom", "cough"])

    assert 0 == remove(root, "symptom", "cough")
    left = {file: file.read_bytes() for file in root.rglob("*.*") if file.is_file()}
    ids = root / "data/schema/ids.json"
    assert {file: text for file, text in left.items() if file != ids and ".cache" not in file.parts} == {
        file: text for file, text in before.items() if file != ids and ".cache" not in file.parts
    }


@pytest.mark.parametrize(
    ("kind", "id_", "said"),
    [
        ("cause", "dry-ear", "there must be a cause with the id 'dry-ear'\n  Tip: Did you mean 'dry-air'?"),
        ("sign", "bead", "not 'sign'\n  Tip: Did you mean 'criterion'?"),
    ],
)
def test_a_misspelt_thing_is_named(
    kind: str, id_: str, said: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """As everywhere else."""
    assert 2 == remove(project(), kind, id_)
    assert said in capsys.readouterr().err
