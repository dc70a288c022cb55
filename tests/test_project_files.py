"""Names that every system can have, and nothing private."""

from __future__ import annotations

import os
from pathlib import Path

import careguide
import pytest
from careguide.checks import project_files
from conftest import EXAMPLE, TODAY, Project, article, load, problems

GUIDE = load(EXAMPLE)
KEY = "-----BEGIN OPENSSH " + "PRIVATE KEY-----"


def found(root: Path, files: dict[str, str | bytes]) -> str:
    """What is said of a project with these files."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    said = list(project_files.check(GUIDE, root, root.parent))
    assert list(project_files.check(GUIDE, root, root.parent)) == said  # also of what was looked at before
    return "\n".join(map(str, said))


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["data/causes/con.yml"], "data/causes/con.yml:1: a file's name must be one that Windows can have"),
        (
            ["content/AUX.md"],
            "content/AUX.md:1: a file's name must be one that Windows can have, not 'AUX.md'",
        ),
        (["overrides/nul/a.svg"], "overrides/nul/a.svg:1: a file's name must be one that Windows can have"),
        (["content/my page.md"], "must be one that every system can have, but holds a blank"),
        (["content/what?.md"], "must be one that every system can have, but holds '?'"),
        (["content/a:b.md"], "must be one that every system can have, but holds ':'"),
        (["content/a#b.md"], "must be one that every system can have, but holds '#'"),
        (["content/a%20b.md"], "must be one that every system can have, but holds '%'"),
        (["content/a\u202eb.md"], "but holds U+202E (right-to-left override)"),
        (
            ["content/About.md", "content/about.md"],
            "must differ in more than capitals from 'content/About.md'",
        ),
        (["data/causes/Tea.yml", "data/causes/tea.yml"], "must differ in more than capitals"),
        (["content/é.md", "content/e\u0301.md"], "must differ in more than capitals"),
        (["content/rest.md", "content/rest/index.md"], "but 'content/rest/index.md' has the same"),
        (["mkdocs.yml", "mkdocs.yaml"], "mkdocs.yaml:1: there must be one file of settings"),
        (["mkdocs.yml", "properdocs.yml"], "properdocs.yml:1: there must be one file of settings"),
        (["LICENSE"], "LICENSE:1: the licence must say what readers may do with the guide, but is empty"),
    ],
)
def test_a_name_that_will_not_do_is_named(tmp_path: Path, names: list[str], message: str) -> None:
    """Before somebody with another system, or a reader with its address, finds it out."""
    assert message in found(tmp_path, dict.fromkeys(names, ""))


LEFT = [".DS_Store", "._dry-air.yml", ".dry-air.yml.swp", "dry-air.yml~", "dry-air.yml.orig", "Thumbs.db"]


def test_what_lies_beside_the_files_changes_nothing(project: Project) -> None:
    """In data, pages and drawings; a link to nowhere is how one editor marks a file that it has open."""
    root = project()
    before = careguide.build(root, today=TODAY)
    for folder in ("data", "data/causes", "content", "content/symptoms", "overrides/assets/drawings"):
        for name in LEFT:
            (root / folder / name).write_text("not: [closed", encoding="utf-8")
        (root / folder / ".#open.md").symlink_to("me@host.1234")
        (root / folder / ".#open.yml").symlink_to("me@host.1234")
    after = careguide.build(root, today=TODAY)

    assert (before.problems, before.pages) == (after.problems, after.pages)


@pytest.mark.parametrize("odd", ["a pipe", "a folder", "a link out", "a circle", "nowhere"])
def test_what_is_no_plain_file_is_named(project: Project, tmp_path: Path, odd: str) -> None:
    """A thing or a page that is none is not left out in silence, and nothing is waited for."""
    root = project()
    (tmp_path / "secret").write_text("title: The words of a file elsewhere", encoding="utf-8")
    places = ["data/causes/cold-air.yml", "data/amounts.yml", "data/stray.yml", "data/sheets.jsonl"]
    places += ["content/cold.md", "overrides/assets/drawings/cold.svg", "content/cold.png"]
    for place in places:
        file = root / place
        file.unlink(missing_ok=True)
        if odd == "a pipe":
            os.mkfifo(file)
        elif odd == "a folder":
            file.mkdir()
        else:
            file.symlink_to({"a link out": tmp_path / "secret", "a circle": file, "nowhere": root / "x"}[odd])
    said = problems(root)

    for place in places[:-1] if odd == "a folder" else places:  # a folder of pictures may have any name
        assert f"{place}:1: " in said
    assert "The words of" not in said


def test_what_editors_and_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    """It harms nobody: it is never published."""
    names = [".DS_Store", "._about.md", ".#about.md", "about.md~", "#about.md#", "~$notes.md", "Thumbs.db"]
    names += ["desktop.ini", ".about.md.swp", "about.md.orig", "about.md.rej", "about.md.bak", "4913"]

    assert "" == found(tmp_path, {f"content/{name}": "me@clinic.org" for name in names})


def test_files_for_passwords_lie_elsewhere(tmp_path: Path) -> None:
    """They are hidden, so nobody sees them go out with a copy; what only begins like one is none."""
    keys = ["content/.env", "data/.netrc", "overrides/.env.local"]
    said = found(tmp_path, dict.fromkeys((*keys, "content/.env.d/page.md", "content/.environment"), "Words."))

    message = "a file for passwords should not lie among those of the guide"
    assert keys == [line.partition(":")[0] for line in said.split("\n") if message in line]


def test_usual_names_are_fine(tmp_path: Path) -> None:
    """Also in other alphabets."""
    names = [
        "data/causes/tea-2.yml",
        "content/über.md",
        "content/مساعدة.md",
        "content/a_b.md",
        "overrides/x.svg",
    ]
    names += ["content/rest/index.md", "content/console.md", "content/auxiliary.md", "data/sheets.jsonl"]

    assert "" == found(tmp_path, dict.fromkeys(names, ""))


def test_links_and_pipes_are_named_and_not_followed(tmp_path: Path) -> None:
    """Also a folder, a link in a circle, and one to nowhere; what an editor links beside a file too."""
    secret = tmp_path / "secret.txt"
    secret.write_text(KEY, encoding="utf-8")
    folder = tmp_path / "project" / "overrides"
    folder.mkdir(parents=True)
    for name, target in {"leak.txt": secret, "circle": folder, "nowhere.svg": folder / "x"}.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.html")
    said = found(tmp_path / "project", {"overrides/main.css": ""})

    for name, what in {
        "leak.txt": "link",
        "circle": "link",
        "nowhere.svg": "link",
        "pipe.html": "pipe",
    }.items():
        assert f"overrides/{name}:1: a file in overrides/ must be one of this project, not a {what}" in said
    assert 4 == said.count("Tip: ")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (KEY, "a key or a password, but this begins one: '-----BEGIN"),
        ("key: AKIA" + "IOSFODNN7EXAMPLE", "a key or a password"),
        ("ghp_" + "a1B2" * 9, "a key or a password"),
        ("api_key = '" + "s3cr3tvalue1'", "a key or a password"),
        ("password: hunter2" + "hunter2", "a key or a password"),
        ("Write to jane.doe@hospital.org.", "a person's mail address, but this begins one: 'jane.do'"),
        ("[her](mailto:j+d@nhs.net)", "a person's mail address"),
        ("Authorization: Bearer " + "abcdef0123456789abcdef", "a key or a password"),
        ("https://user:" + "pass1234@host.example/", "a key or a password"),
        ("Call Ann on 07700 900123.", "a person's phone number"),
        ("The patient, born 12/03/1968, wrote.", "what leads to a patient"),
        ("NHS number: 485 777 3456", "what leads to a patient"),
        ("seen in clinic, 943 476 5919, coughing", "what leads to a patient"),
        ("Patient no. 1234567 was better", "what leads to a patient"),
        ("MRN: AB123456", "what leads to a patient"),
        ("date of birth 12/03/1986", "what leads to a patient"),
    ],
)
def test_what_is_private_is_a_notice(tmp_path: Path, text: str, what: str) -> None:
    """With its line; not shown whole, because messages are kept in logs."""
    said = found(tmp_path, {"content/about.md": article(f"# A page\n\n{text}\n")})

    assert f"content/about.md:8: notice: a file must not hold {what}" in said
    assert text not in said


def test_what_is_not_private_is_not_named(tmp_path: Path) -> None:
    """Invented addresses, the guide's own, free phone numbers, ISBNs, prices and years."""
    text = (
        "me@guide.example, a@example.org, desk@clinic.example, 800-222-1222, ISBN 0306406152, 10.1016/12345, "
        "in 2019 and 2020, 1234567890, 943 476 5918, 3 patients, hospital 24 hours, password reset, @home"
    )

    assert "" == found(tmp_path, {"content/about.md": text, "data/services.yml": "943 476 5919"})


@pytest.mark.parametrize(
    "text", ["a" * 300_000 + "@", "a." * 150_000 + "@b", "patient 1" * 30_000, "secret=" * 40_000]
)
def test_long_words_take_no_longer(tmp_path: Path, text: str) -> None:
    """What would take hours if each letter began a search to the end."""
    assert "Traceback" not in found(tmp_path, {"content/about.md": text})
