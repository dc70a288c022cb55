"""A project in which everything is wrong: `tests/wrong/`, with every message in full in `messages.txt`.

A new check earns its place with a file, or a line, in there. After a change that was meant,
`pytest --refresh` writes the messages anew. Read them as a clinician would.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import careguide
import pytest
from careguide.cli import main
from careguide.model import describe
from careguide.model.describe import FieldDescription
from careguide.model.fields import ID, Form
from careguide.model.kinds import KINDS
from careguide.model.site import Site
from conftest import TESTS, TODAY

pytestmark = pytest.mark.usefixtures("today")

WRONG = TESTS / "wrong"
MESSAGES = WRONG / "messages.txt"
CORE = Path(careguide.__file__).parent


def test_everything_is_named_in_one_run(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    """`careguide check` shows every problem with its file, its line and its tip, and fails.

    Nothing stops it half way.
    """
    code = main(["--root", str(WRONG), "check"])
    found = capsys.readouterr()

    if request.config.getoption("refresh"):
        MESSAGES.write_text(found.out, encoding="utf-8")

    assert MESSAGES.read_text(encoding="utf-8") == found.out
    assert (1, "") == (code, found.err)


def test_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`careguide write` says the same and writes no file."""
    assert 1 == main(["--root", str(WRONG), "write", str(tmp_path / "out")])

    expected = MESSAGES.read_text(encoding="utf-8").rsplit("\n\n", 1)[0]
    assert ("", expected + "\n") == capsys.readouterr()
    assert not (tmp_path / "out").exists()


def test_each_problem_is_one_line_and_one_tip() -> None:
    """Every line is a place with what must be true there, or the tip that belongs to the line above."""
    lines = MESSAGES.read_text(encoding="utf-8").rsplit("\n\n", 1)[0].split("\n")

    assert len(lines) > 400
    assert [] == [
        line
        for line in lines[::2]
        if not re.fullmatch(r"(?:(?:data|content|overrides)/[^:]+|mkdocs\.yml):[1-9]\d*: \S.*", line)
    ]
    assert [] == [line for line in lines[1::2] if not re.fullmatch(r"  Tip: [A-Z'].*[.?']", line)]


def test_problems_are_sorted_and_never_repeated() -> None:
    """By file, then by line as a number; the same words stand at the same place only once."""
    problems = careguide.build(WRONG, today=TODAY).problems
    places = [(each.path, each.line) for each in problems]

    assert sorted(places) == places
    assert len(set(problems)) == len(problems)


def test_every_file_has_something_wrong() -> None:
    """A file without a problem would be a check that no longer sees what it was made for.

    These few are here for the others to name.
    """
    right = {
        "data/amounts.yml",  # an amount that others misstate
        "data/urgency.yml",  # the ladder
    }
    files = {file.relative_to(WRONG).as_posix() for file in WRONG.glob("[!.]*/**/*") if file.is_file()}
    named = {each.path for each in careguide.build(WRONG, today=TODAY).problems}

    assert right == {file for file in files if not any(f"{file}/".startswith(f"{path}/") for path in named)}


def test_every_problem_names_its_rule() -> None:
    """Programs that read the report, and tests, tell problems apart by the rule and not by its words."""
    found = careguide.build(WRONG, today=TODAY).problems

    assert found
    assert [] == [problem.message for problem in found if not problem.rule.isidentifier()]


IN_TEST_CHECKS = "It has one of its own in test_checks.py."
ELSEWHERE = {
    "translations must have ": "Its file would be right: see test_translated.",
    " must have the id ": "It takes a thing that many name: see test_guide.",
    ": every page has a part of that name": "Of names that differ in one word, test_links has more.",
    "the file must be one that can be read, but: ": "Links to nowhere cannot be kept here: see test_source.",
    "the file must be a file, not a folder, a pipe or a device": "Nor can pipes.",
    "the file must lie in the project, but is a link that leads out of it": "Nor can links.",
    "the folder must be a folder of the project, not a link to one": "Nor can links.",
    "the folder must be one that can be read, but: ": "Every folder here can be: see test_guide.",
    "the file must have at most ": "Nor should a file that is too large.",
    "dates must not be in the future, but ": "Here the clock is right.",
    "a drawing must be shown, but nothing names ": "Here not all can be read: see test_drawings.",
    ", of which the source is, but is ": IN_TEST_CHECKS,
    "dates must be days that can be, but ": "Here too.",
    ", because of ": IN_TEST_CHECKS,
    "must be a date that can be, but has the year ": IN_TEST_CHECKS,
    "must be the day on which it was really checked, not ": IN_TEST_CHECKS,
    " years after the review on ": IN_TEST_CHECKS,
    "must be within ": IN_TEST_CHECKS,
    "the file must exist: it says who publishes the guide": "Here it exists, and its fields are wrong.",
    "must be the tag of a language, such as ": "A site with wrong fields has no language.",
    "must be as in ": "Settings are not held against a site with wrong fields.",
    "the file must be lines of 'name: value'": (
        "Settings that are only a list would hide all that is wrong in them."
    ),
    "site_url must be an address that starts with https://, not ": (
        "The address is given by whoever builds the site."
    ),
    "a sheet's id must be new, but '": (
        "A remedy called like the symptom would be a wrong file beside the right one."
    ),
    "the file must exist: it holds every heading, label and button": (
        "Here it exists, so that single words can be missing."
    ),
    ", because no service can be read": "A number in a text is known by the services that have it.",
    "a template must be one that can be read, but: ": "Here the settings name no template of their own.",
    "a source must be cited, but ": (
        "While anything cannot be read, nobody can say that nothing cites a source."
    ),
}
"""Messages with an example in another test, each with the reason."""


def test_every_message_has_an_example_here() -> None:
    """Whatever the core says must be so, something here is not; otherwise a check could go quiet unseen.

    Flows have tests of their own.
    """
    for module in (
        "checks/drawings",
        "checks/editorial",
        "checks/handouts",
        "checks/links",
        "checks/mkdocs_settings",
        "checks/content_files",
        "checks/safety",
        "guide/loader",
        "guide/references",
        "guide/validation",
        "guide/words",
        "model/fields",
        "model/topics",
        "pages/page_blocks",
        "source/text_files",
        "source/yaml_reader",
    ):
        shown = MESSAGES.read_text(encoding="utf-8")
        messages = _messages((CORE / f"{module}.py").read_text(encoding="utf-8"))

        assert messages, module
        assert [] == [said for said in messages if said not in shown and said not in ELSEWHERE], module


def test_every_form_of_a_text_has_an_example_here() -> None:
    """Such as an address or a colour: what it must be stands in the model. Ids have a message apart."""
    shown = MESSAGES.read_text(encoding="utf-8")
    forms = {form.one for model in (*KINDS.values(), Site) for form in _forms(describe.fields(model))}

    assert len(forms) > 3
    assert [] == [one for one in forms if f"must be {one}, not" not in shown]


def _forms(fields: Iterable[FieldDescription]) -> Iterator[Form]:
    for field in fields:
        if field.form and field.form.pattern != ID.pattern:
            yield field.form
        yield from _forms(field.inner)


def _messages(code: str) -> list[str]:
    """The longest fixed piece of each text in the code in which something 'must' be; no docstrings."""
    nodes = list(ast.walk(ast.parse(code)))
    passed_over = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    passed_over |= {id(value) for node in nodes if isinstance(node, ast.JoinedStr) for value in node.values}
    texts = [
        node.values if isinstance(node, ast.JoinedStr) else [node]
        for node in nodes
        if id(node) not in passed_over
    ]
    pieces = [
        [each.value for each in text if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        for text in texts
    ]
    return [
        max(each, key=len) for each in pieces if any(re.search(r"\bmust\b [a-z]", piece) for piece in each)
    ]


def test_messages_are_found_in_code() -> None:
    """The test above would miss nothing.

    It sees plain and filled-in texts, and passes over what is only written for programmers.
    """
    lines = [
        '"""It must not see this."""',
        'x = "a must be b"',
        'yield f"{y} must be {z}, not {w}", "Tip."',
        'f"{x} and {y}"',
    ]

    assert ["a must be b", " must be "] == _messages("\n".join(lines))
