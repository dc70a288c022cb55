"""A clinician's sign-off: what it covers, when it lapses, what readers see, how it stands in the file."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from careguide.cli import main
from careguide.guide import reviews
from careguide.model.review import Review
from conftest import EXAMPLE, TODAY, Project, article, changed, load, page, problems

pytestmark = pytest.mark.usefixtures("today")

VESSELS, CRITERIA = "data/causes/weak-vessels.yml", "data/criteria.yml"
HOLDS = "Reviewed by A. Person, nurse on 2 November 2026. Must be reviewed again by 2 November 2027."
OVERDUE = "Reviewed by A. Person, nurse on 2 November 2026. A new review was due on 20 November 2026."
LAPSED = (
    "Changed since the review by A. Person, nurse on 2 November 2026. Nobody has reviewed the changes yet. "
    "Must be checked again by 2 November 2027."
)


def said(root: Path) -> str:
    """What the reviewed page of a project says of its review."""
    return next(
        line.strip("*")
        for line in page(root, "causes/weak-vessels.md").split("\n")
        if "A. Person, nurse" in line
    )


def test_a_review_stands_whatever_letters_were_reviewed(project: Project) -> None:
    """A backslash before an n is no line end, however many stand there."""
    text = (EXAMPLE / VESSELS).read_text(encoding="utf-8")
    root = project({VESSELS: text.replace("short: In a rare illness", r"short: In a \n rare \\new illness")})

    assert LAPSED == said(root)


def test_a_review_lapses_when_what_was_reviewed_changes(project: Project) -> None:
    """The page says so in plain words, and the check gives notice without stopping the build."""
    for changes in (
        changed(
            VESSELS, ("The walls of small vessels are thin from birth", "The walls of small vessels are thin")
        ),  # a statement
        changed(VESSELS, ("short: In a rare illness", "short: In a very rare illness")),
        changed(VESSELS, ("group: serious", "group: underlying")),
        changed(VESSELS, ("icd_10_cm: [R04.0]", "icd_10_cm: [R04.1]")),
        changed(
            VESSELS, ("signs: [long, often]", "signs: [often, long]")
        ),  # what it names, and in which order
        changed(
            VESSELS,
            (
                "break easily.[@study]",
                "break easily.[@leaflet]",
            ),
        ),
        changed(
            CRITERIA, ("- id: long\n  level: same-day", "- id: long\n  level: emergency")
        ),  # a sign it names is more urgent
        {
            "content/causes/weak-vessels.md": article("# Weak vessels\n\nSome words of our own.\n")
        },  # its hand-written page
    ):
        root = project(changes)

        assert LAPSED == said(root), changes
        assert "the page has changed since it was reviewed by 'A. Person, nurse'" in problems(root), changes


def test_a_review_holds_while_nothing_medical_changes(project: Project) -> None:
    """Comments, layout, the day of the last check and search words need no new review."""
    for changes in (
        {},
        changed(
            VESSELS,
            ("title:", "# A note.\ntitle:"),
            (
                "lead: |\n  Very few people have this illness, and",
                "lead: |\n  Very few people\n  have this illness, and",
            ),
        ),
        changed(
            VESSELS,
            ("checked: 2026-11-01", "checked: 2026-11-20"),
            ("title:", "common_misspellings: [week vessels]\ntitle:"),
        ),
        changed(
            "data/causes/dry-air.yml", ("Warm rooms in winter have dry air", "Warm rooms have dry air")
        ),  # another page
        changed(
            CRITERIA, ("Losing a lot of blood is dangerous.", "Losing much blood is dangerous.")
        ),  # a sign's words, not its urgency
    ):
        assert HOLDS == said(project(changes))


def test_a_review_past_its_date_says_so(project: Project) -> None:
    """That it has changed since then would matter more."""
    past = ("due: 2027-11-02", "due: 2026-11-20")

    assert OVERDUE == said(project(changed(VESSELS, past)))


def test_changed_weighs_more_than_overdue(project: Project) -> None:
    """A page that is both says that it has changed."""
    late = LAPSED.replace(
        "Must be checked again by 2 November 2027", "A new check was due on 20 November 2026"
    )
    assert late == said(
        project(
            changed(VESSELS, ("due: 2027-11-02", "due: 2026-11-20"), ("group: serious", "group: underlying"))
        )
    )


# ------------------------------------------------------------------------------------------------------------
# Signing


@pytest.mark.parametrize("name", ["cause:dry-air", "data/causes/dry-air.yml", "./data/causes/dry-air.yml"])
def test_signing_writes_the_review_and_nothing_else(
    project: Project, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Below the day of the check stand four lines more.

    The page then names the reviewer, and the check is content.
    """
    root = project()
    file = root / "data/causes/dry-air.yml"
    before = file.read_text(encoding="utf-8").splitlines()

    assert 0 == main(["--root", str(root), "sign", name, "--by", "B. Other, GP"])
    assert (
        "data/causes/dry-air.yml: reviewed by B. Other, GP on 2026-11-21, due again on 2027-11-21.\n"
        == capsys.readouterr().out
    )

    after = file.read_text(encoding="utf-8").splitlines()
    assert ["reviewed:", '  by: "B. Other, GP"', "  on: 2026-11-21", "  due: 2027-11-21"] == after[4:8]
    assert before == after[:4] + after[9:]
    assert "" == problems(root)
    assert (
        "Reviewed by B. Other, GP on 21 November 2026. Must be reviewed again by 21 November 2027."
        in page(root, "causes/dry-air.md")
    )


def test_signing_again_renews_a_review(project: Project) -> None:
    """A page that has changed is signed as it is now; days can be given."""
    root = project(changed(VESSELS, ("group: serious", "group: underlying")))

    assert 0 == main(
        [
            "--root",
            str(root),
            "sign",
            "cause:weak-vessels",
            "--by",
            "A. Person, nurse",
            "--on",
            "2026-11-20",
            "--due",
            "2028-01-31",
        ]
    )
    assert (
        "Reviewed by A. Person, nurse on 20 November 2026. Must be reviewed again by 31 January 2028."
        == said(root)
    )
    assert "" == problems(root)


NEW = Review(
    by='O\'Brien: "B", GP # 1', on=TODAY, due=datetime.date(2027, 11, 21), fingerprint="abcdefghijkl"
)
WRITTEN = (
    'reviewed:\n  by: "O\'Brien: \\"B\\", GP # 1"\n  on: 2026-11-21\n  due: 2027-11-21\n'
    "  fingerprint: abcdefghijkl\n"
)


def test_the_file_keeps_its_comments_and_layout() -> None:
    """However the file and an older review are written."""
    for text, expected in (
        ("checked: 2026-11-01  # today\ntitle: A\n", f"checked: 2026-11-01  # today\n{WRITTEN}title: A\n"),
        ("title: A\nchecked: 2026-11-01", f"title: A\nchecked: 2026-11-01\n{WRITTEN}"),
        (
            "# One.\nreviewed: {by: A, on: 2020-01-01,\n  due: 2021-01-01}\n\n# Two.\nchecked: x\n",
            f"# One.\n{WRITTEN}\n# Two.\nchecked: x\n",
        ),
        (
            (
                "checked: x\nreviewed:\n  # Agreed by letter.\n  by: A\n\n  on: 2020-01-01\n# End.\n"
                "title: 'A'  # kept\n"
            ),
            (
                "checked: x\n"
                f"{WRITTEN.replace('reviewed:', 'reviewed:' + chr(10) + '  # Agreed by letter.')}# End.\n"
                "title: 'A'  # kept\n"
            ),
        ),
        (
            "what: |\n  checked: no\n  reviewed: no\nchecked: x\n",
            f"what: |\n  checked: no\n  reviewed: no\nchecked: x\n{WRITTEN}",
        ),
    ):
        assert expected == reviews.signed(text, NEW)


def test_what_is_written_is_read_back(project: Project) -> None:
    """A name with quotes, a colon and a hash is still that name."""
    name = "  - {name: 'O''Brien: \"B\"', role: 'GP # 1'}"
    root = project(changed("data/site.yml", ("    role: GP", f"    role: GP\n{name}")))

    assert 0 == main(["--root", str(root), "sign", "cause:dry-air", "--by", NEW.by])
    assert NEW.by == load(root).causes["dry-air"].reviewed.by


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["cause:dry-aire", "--by", "B. Other, GP"],
            (
                "a review must be of a page, a sign, a flow or a service, not 'cause:dry-aire'\n"
                "  Tip: Did you mean 'cause:dry-air'?\n"
            ),
        ),
        (
            ["source:study", "--by", "B. Other, GP"],
            "a review must be of a page, a sign, a flow or a service, not 'source:study'\n",
        ),
        (
            ["cause:dry-air", "--by", "B. Othr, GP"],
            (
                "--by must be one of the reviewers in data/site.yml, not 'B. Othr, GP'\n"
                "  Tip: Did you mean 'B. Other, GP'?\n"
            ),
        ),
        (
            ["cause:dry-air", "--by", "B. Other, GP", "--due", "2026-11-21"],
            "--due must be after the day of the review, not '2026-11-21'\n",
        ),
        (
            ["cause:dry-air", "--by", "B. Other, GP", "--on", "2026-11-23"],
            "--on must not be in the future, but is '2026-11-23'\n",
        ),
    ],
)
def test_a_signature_that_is_none_is_refused(
    project: Project, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is explained, and no file is touched."""
    root = project()

    assert 2 == main(["--root", str(root), "sign", *arguments])
    assert capsys.readouterr().err.startswith(expected)
    assert (EXAMPLE / "data/causes/dry-air.yml").read_bytes() == (
        root / "data/causes/dry-air.yml"
    ).read_bytes()


def test_a_guide_without_reviewers_is_signed_by_nobody(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A review that stands in a file all the same is a problem, at its line."""
    listed = "reviewers:\n  - name: A. Person\n    role: nurse\n  - name: B. Other\n    role: GP\n"
    root = project(changed("data/site.yml", (listed, "")))

    assert 2 == main(["--root", str(root), "sign", "cause:dry-air", "--by", "B. Other, GP"])
    assert "Add name and role under 'reviewers' there, with their consent" in capsys.readouterr().err
    assert (
        "data/causes/weak-vessels.yml:5: reviewed.by must be one of the reviewers in data/site.yml, "
        "not 'A. Person, nurse'"
    ) in problems(root)


def test_signs_flows_and_services_are_signed_as_pages_are(project: Project) -> None:
    """Five lines more in the file, and where readers see it stands who reviewed it."""
    for name, file, path in (
        ("criterion:heavy", "data/criteria.yml", "when-to-get-help.md"),
        ("flow:nosebleed", "data/flows/nosebleed.yml", "check/nosebleed.md"),
        ("service:xx", "data/services.yml", "find-care.md"),
    ):
        root = project()
        before = (root / file).read_text(encoding="utf-8").splitlines()

        assert 0 == main(["--root", str(root), "sign", name, "--by", "B. Other"])

        after = (root / file).read_text(encoding="utf-8").splitlines()
        new = [line for line in after if line not in before]
        assert ["reviewed:", 'by: "B. Other, GP"', "on: 2026-11-21"] == [line.strip() for line in new[:3]], (
            name
        )
        assert before == [line for line in after if line not in new], name
        assert "" == problems(root), name
        assert "Reviewed by B. Other, GP on 21 November 2026" in page(root, path), name


def test_a_sign_that_changed_since_its_review_says_so(project: Project) -> None:
    """Its words are what was reviewed, so other words need a new review."""
    root = project()
    main(["--root", str(root), "sign", "criterion:heavy", "--by", "B. Other"])
    file = root / CRITERIA
    text = file.read_text(encoding="utf-8")
    assert 1 == text.count("Losing a lot of blood is dangerous.")
    file.write_text(text.replace("Losing a lot of blood is dangerous.", "Losing blood may be dangerous."))

    assert "the page has changed since it was reviewed by 'B. Other, GP'" in problems(root)
    assert "Changed since the review by B. Other, GP" in page(root, "when-to-get-help.md")


def test_a_wrong_file_is_not_signed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can have reviewed a page that cannot be made."""
    root = project(changed("data/causes/dry-air.yml", ("signs: [often]", "signs: [oftn]")))

    assert 1 == main(["--root", str(root), "sign", "cause:dry-air", "--by", "B. Other, GP"])
    assert capsys.readouterr().err.startswith("data/causes/dry-air.yml:13: sections[")


def test_a_review_on_a_leap_day_is_due_a_day_earlier() -> None:
    """The next year has no such day."""
    guide = load(EXAMPLE)
    signed = reviews.sign(
        guide, guide.causes["dry-air"], by="B. Other, GP", on=datetime.date(2024, 2, 29), again=None
    )

    assert datetime.date(2025, 2, 28) == signed.due


def test_a_day_that_is_none_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Days are written as everywhere else."""
    with pytest.raises(SystemExit):
        main(["--root", str(EXAMPLE), "sign", "cause:dry-air", "--by", "B. Other, GP", "--on", "21/11/2026"])

    assert (
        "must be a date written as year-month-day, such as 2026-11-21, not '21/11/2026'"
        in capsys.readouterr().err
    )
