"""Plain-language advice: which sentences, where, what to do about them, and that it stays advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from careguide import report
from careguide.checks import advice
from careguide.cli import main
from conftest import EXAMPLE, Project, article, changed, load

pytestmark = pytest.mark.usefixtures("today")

PICKING = "data/causes/picking.yml"
STATEMENT = "The skin inside the nose is thin, so a nail cuts it easily."
WORDS = """\
plainer:
  - source: A style guide
    url: https://style.example
    words:
      prior to: before
      acute: sudden
"""
LISTED = {"data/reading.yml": f"{WORDS}names: [acute dystonia]\n"}
LONG = "It is one of the long lines that go on and on until no one can see how they end."
EASY = "A regular evening walk can help you relax every muscle."
HARD = "Considerable perseverance necessitates administration of everything imaginable."


def told(root: Path) -> str:
    """All advice on a project."""
    guide = load(root)
    return report(advice.advice(guide, guide.reading))


def test_the_example_needs_none() -> None:
    """Whatever the tests below find, they brought in themselves."""
    assert "" == told(EXAMPLE)


def test_each_sentence_is_advised_on(project: Project) -> None:
    """Its file, line, length and grade, and what to do. Just below a limit nothing is said.

    What to do is a plainer word from the list, two sentences, or shorter words.
    """
    for sentence, measure, tip in (
        ("Wait prior to this.", "4 words, grade 0", "Say 'before' for 'prior to'."),
        ("Acute pain can come.", "4 words, grade 1", "Say 'sudden' for 'Acute'."),
        (LONG, "20 words, grade 6", ""),
        (LONG.replace("long", "very long"), "21 words, grade 6", "Make it two sentences."),
        (HARD, "7 words, grade 36", ""),
        (EASY, "10 words, grade 10", ""),
        (
            EASY.replace("muscle", "artery"),
            "10 words, grade 11",
            "Look for shorter words than 'regular', 'evening' and 'every'.",
        ),
        (
            HARD.replace("of", "of nearly"),
            "8 words, grade 32",
            "Look for shorter words than 'Considerable', 'administration' and 'imaginable'.",
        ),
    ):
        said = told(project(LISTED, changed(PICKING, (STATEMENT, sentence))))
        expected = (
            f"{PICKING}:6: notice: this sentence could be plainer ({measure}): '{sentence}'\n  Tip: {tip}"
        )

        assert (expected if tip else "") == said, sentence


def test_names_and_what_people_say_are_left_alone(project: Project) -> None:
    """The name of an illness, and its other names, have no plainer word; no reader sees a test story."""
    changes = (
        changed(
            PICKING, (STATEMENT, "It is acute dystonia."), ("short:", "also_called: [Acute picking]\nshort:")
        ),
        changed(
            "data/vignettes/nosebleed.yml",
            ("story: A man bleeds a lot", "story: Prior to this a man bleeds a lot"),
        ),
    )

    assert "" == told(project(LISTED, *changes))


def test_a_page_is_advised_on_line_by_line(project: Project) -> None:
    """In a hand-written page the line is that of the sentence, not of its paragraph."""
    root = project(LISTED, {"content/a.md": article("# A page\n\nAll is well.\nWait prior\nto this.\n")})

    assert (
        "content/a.md:9: notice: this sentence could be plainer (4 words, grade 0): 'Wait prior to this.'\n"
        "  Tip: Say 'before' for 'prior to'." == told(root)
    )


def test_advice_is_given_on_request_and_never_blocks(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plain check stays quiet; asked for, advice is shown and the check still passes."""
    root = project(LISTED, changed(PICKING, (STATEMENT, "Wait prior to this.")))

    assert 0 == main(["--root", str(root), "check"])
    assert "plainer" not in capsys.readouterr().out
    assert 0 == main(["--root", str(root), "check", "--advice"])
    assert capsys.readouterr().out.startswith(f"{PICKING}:6: notice: this sentence could be plainer")


def test_a_pull_request_is_advised_on_what_it_adds(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each new sentence has a notice beside its line; one that was there before, on any line, has none."""
    root = project(
        {"data/reading.yml": WORDS},
        changed(PICKING, ("lead: |", "lead: |\n  Acute pain can come.\n")),
    )
    base = root.parent / "base"
    root.rename(base)
    project(
        {"data/reading.yml": WORDS},
        changed(
            PICKING,
            ("lead: |", "lead: |\n  Wait. Acute pain can come.\n"),
            (STATEMENT, "Wait prior to this."),
        ),
    )

    assert 0 == main(["--root", str(root), "check", "--format", "github", "--advice", str(base)])
    assert (
        f"::notice file={PICKING},line=8::this sentence could be plainer (4 words, grade 0): "
        "'Wait prior to this.' Say 'before' for 'prior to'.\n" == capsys.readouterr().out
    )


def test_an_unknown_base_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is neither a folder nor a revision is a wrong call."""
    assert 2 == main(["--root", str(EXAMPLE), "check", "--advice", "no-such-version"])
    assert capsys.readouterr().err.startswith("no-such-version must be a project's folder or a git revision")
