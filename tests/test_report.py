"""The report for a pull request: what readers will see that readers of the version before did not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from careguide.cli import main
from careguide.contribute.report import sheets
from conftest import EXAMPLE, Project, article, changed
from flows import ASKED_LATER, LOWER, LOWER_DOUBT, signed, small

pytestmark = pytest.mark.usefixtures("today")

PICKING, VESSELS, SOURCES = "data/causes/picking.yml", "data/causes/weak-vessels.yml", "data/sources.yml"


Report = Callable[..., str]


@pytest.fixture
def report(project: Project, capsys: pytest.CaptureFixture[str]) -> Report:
    """The report on some changes to the example, after a run that ends well."""

    def make(*changes: Mapping[str, str | None]) -> str:
        root = project(*changes)
        assert 0 == main(["--root", str(root), "report", str(EXAMPLE)])
        return capsys.readouterr().out

    return make


def rows(text: str) -> list[str]:
    """The rows of the table of pages, without its head."""
    return [line for line in text.split("\n") if line.startswith("| ")][2:]


def test_nothing_changed_is_said(report: Report) -> None:
    """A change to code or comments needs no table."""
    assert "# What readers will see\n\nNo page changes.\n" == report(
        changed(PICKING, ("title:", "# A note.\ntitle:"))
    )


def test_a_changed_sentence_is_shown_with_its_page(report: Report) -> None:
    """Words added and taken away, the grade before and after, and the sentence itself, once."""
    text = report(
        changed(
            PICKING,
            (
                "The skin inside the nose is thin, so a nail cuts it easily.",
                "The skin in there is not unusually resilient.",
            ),
        )
    )

    assert "0 pages added, 0 removed, 1 changed." in text
    assert ["| Picking your nose (`causes/picking.md`) | changed | +8 −13 | 3.7 → 4.1 |  |"] == rows(text)
    assert (
        "~~~diff\n@@ Picking your nose @@\n- The skin inside the nose is thin, so a nail cuts it easily.\n"
        "+ The skin in there is not unusually resilient.\n~~~"
    ) in text


def test_a_sentence_on_several_pages_is_shown_once(report: Report) -> None:
    """The short text of a cause stands in lists too: one change, and how many pages show it."""
    text = report(
        changed(PICKING, ("A nail can scratch the inside of your nose.", "A nail can hurt your nose."))
    )

    assert 1 == text.count("+ A nail can hurt your nose.")
    assert "more @@\n- A nail can scratch the inside of your nose.\n+ A nail can hurt your nose." in text
    assert len(rows(text)) > 1


def test_pages_come_and_go(report: Report) -> None:
    """A page that is new and one that is gone are named, with their words."""
    text = report(
        {
            "content/a.md": article("# A new page\n\nFour words are here.\n", title="A new page"),
            "content/symptoms/nosebleed.md": None,
        }
    )

    assert "| A new page (`a.md`) | new | +4 | |  |" in rows(text)
    assert text.split("\n")[2].startswith("1 page added, 0 removed, ")


def test_a_page_that_is_gone_is_named(report: Report) -> None:
    """With the sources it took along."""
    text = report(
        {PICKING: None},
        changed(
            "data/symptoms/nosebleed.yml",
            ("  - cause: picking\n    says: A nail scratches the thin skin.\n", ""),
        ),
    )

    assert any(
        row.startswith("| Picking your nose | gone | −") and row.endswith("−`leaflet` |")
        for row in rows(text)
    )


def test_pages_are_linked_where_the_site_has_an_address(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader of the report gets to the page as it is today."""
    monkeypatch.setenv("CAREGUIDE_SITE_URL", "https://guide.example/base")
    text = report(
        changed(
            PICKING, ("The skin inside the nose is thin, so a nail cuts it easily.", "The skin is thin.")
        ),
        {"content/index.md": article("# Home\n\nAll new.\n")},
    )

    assert "| [Picking your nose](https://guide.example/base/causes/picking/) |" in text
    assert "(https://guide.example/base/) |" in text


def test_sources_that_come_and_go_are_named(report: Report) -> None:
    """On the page that cites them, and in the list of all."""
    new = "- id: new\n  title: A *new* one\n  publisher: B\n  url: https://new.example/\n  kind: study\n"
    text = report(
        {SOURCES: (EXAMPLE / SOURCES).read_text(encoding="utf-8") + new},
        changed(VESSELS, ("break easily.[@study]", "break easily.[@study; @new]")),
    )

    assert "* new: [A \\*new\\* one](https://new.example/), B (`new`)" in text
    assert any("| +`new` |" in row for row in rows(text) if row.startswith("| Weak blood vessels"))


def test_a_lost_source_is_named(report: Report) -> None:
    """A statement that rests on less than before is seen."""
    text = report(changed(PICKING, ("at night.[@leaflet]", "at night.[@study]")))

    assert any("+`study`" in row for row in rows(text))


def test_a_review_that_lapses_is_named(report: Report) -> None:
    """Whoever merges knows that a clinician has to look again."""
    text = report(
        changed(
            VESSELS,
            ("The walls of small vessels are thin from birth, so they break easily.", "The walls are thin."),
        )
    )

    assert "1 review by a clinician no longer holds." in text
    assert (
        "## Reviews that lapse\n\n* Weak blood vessels: the review by A. Person, nurse of 2 November 2026"
        in text
    )


def test_a_new_review_is_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Who signed, and when the next one is due."""
    root = project()
    main(["--root", str(root), "sign", "cause:dry-air", "--by", "B. Other, GP"])
    main(["--root", str(root), "report", str(EXAMPLE)])

    assert (
        "## New reviews\n\n* Dry air: by B. Other, GP on 21 November 2026, due again on 21 November 2027"
        in capsys.readouterr().out
    )


def test_new_sentences_that_could_be_plainer_are_listed(report: Report) -> None:
    """The advice that stands beside the lines, in one place."""
    text = report(
        changed(
            PICKING,
            (
                "The skin inside the nose is thin, so a nail cuts it easily.",
                "It is one of the long lines that go on and on until no one at all can see how they end.",
            ),
        )
    )

    assert "* `data/causes/picking.yml:6` this sentence could be plainer (22 words, grade 5)" in text


def test_handouts_are_told_apart_by_their_codes() -> None:
    """What a printed sheet says has a code; a sheet that says the same is not named, whatever its day."""

    def sheet(id_: str, code: str) -> SimpleNamespace:
        return SimpleNamespace(id=id_, title=f"Sheet {id_}", code=code)

    before, now = (
        [sheet("a", "1"), sheet("b", "2"), sheet("c", "3")],
        [sheet("a", "1"), sheet("b", "9"), sheet("d", "4")],
    )

    assert [("Sheet b", "changed"), ("Sheet c", "gone"), ("Sheet d", "new")] == list(sheets(before, now))


def test_a_guide_with_problems_says_so(report: Report) -> None:
    """The report is about readers; the check tells what is wrong."""
    assert "**The check finds problems." in report(changed(PICKING, ("group: everyday", "group: evryday")))


def test_a_handout_that_says_something_else_is_named(report: Report) -> None:
    """Whoever has printed it knows that it has changed."""
    text = report(
        changed(
            "data/symptoms/nosebleed.yml",
            ("Most nosebleeds look worse than they are", "Nearly all nosebleeds look worse than they are"),
        )
    )

    assert "## Handouts\n\n* Nosebleed: changed" in text


def test_a_version_before_with_problems_says_so(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that could not be made before is new in the report, and readers of it are told why."""
    old = project(changed(PICKING, ("group: everyday", "group: evryday")))

    assert 0 == main(["--root", str(EXAMPLE), "report", str(old)])
    text = capsys.readouterr().out
    assert "The version before does not pass the check as it is now" in text
    assert any(row.startswith("| Picking your nose (`causes/picking.md`) | new | +") for row in rows(text))


def test_what_a_stranger_writes_stays_text(report: Report) -> None:
    """Markdown in a title or a sentence is shown, not carried out.

    A block of code cannot be ended from within.
    """
    text = report(
        changed(
            PICKING,
            ("title: Picking your nose", "title: '**Big** [x](y) | z'"),
            ("The skin inside the nose is thin, so a nail cuts it easily.", "A ~~~ b."),
        )
    )

    assert "\\*\\*Big\\*\\* \\[x\\](y) \\| z" in text
    assert 2 == text.count("~~~")


# ------------------------------------------------------------------------------------------------------------
# Urgency

LOWERED = (LOWER, LOWER_DOUBT, ASKED_LATER)
SIGN = "“You take a medicine that thins the blood, and your nose bleeds every week.”"


def told(old: Path, new: Path, capsys: pytest.CaptureFixture[str], *, code: int) -> str:
    """The report on two versions of the example, whose run ends with this code."""
    assert code == main(["--root", str(new), "report", str(old)])
    return capsys.readouterr().out


def test_a_raised_result_is_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """More urgent advice needs no signature: the sign in words, the level before and after."""
    text = told(small(tmp_path / "old", *LOWERED), small(tmp_path / "new"), capsys, code=0)

    assert (
        "In the checks 2 answers lead to more urgent advice than before and 0 to less urgent advice" in text
    )
    assert f"    * more urgent: {SIGN}" in text
    assert "“soon” → “today”" in text
    assert f"* The sign {SIGN} was “soon” and is “today”." in text


def test_a_lowering_that_nobody_signed_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report says so at the top, names the sign and what to do, and its exit code is 1."""
    text = told(small(tmp_path / "old"), small(tmp_path / "new", *LOWERED), capsys, code=1)

    assert "**This must not go out yet:" in text
    assert "**Nosebleed**: 0 answers lead to more urgent advice, 2 to less urgent advice." in text
    assert f"    * less urgent: {SIGN}" in text
    assert "“today” → “soon”" in text
    mend = (
        "* **Must be mended:** `data/flows/nosebleed.yml:1` lowered must have a new entry for 'often-thinned'"
    )
    assert mend in text


def test_a_lowering_that_was_signed_is_told_and_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a clinician's agreement it may go out; readers of the report still see it."""
    agreed = signed("    by: A. Person\n    on: 2026-11-20\n")
    text = told(small(tmp_path / "old"), small(tmp_path / "new", *LOWERED, agreed), capsys, code=0)

    assert "2 to less urgent advice; no clinician has agreed to 0 of the signs" in text
    assert "must" not in text
