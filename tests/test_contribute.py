"""What a contributor types: a new thing that passes as a draft, and an issue's answers as a file."""

from __future__ import annotations

import re
from operator import itemgetter
from pathlib import Path
from typing import Any

import careguide
import pytest
import yaml
from careguide.cli import main
from careguide.contribute import forms
from careguide.contribute.commands import id_from
from careguide.guide.validation import Origin, build
from careguide.model import describe
from careguide.model.kinds import FOLDERS, KINDS, LISTS
from careguide.source.problems import one_of
from careguide.source.yaml_reader import Document
from conftest import TESTS, TODAY, Project, changed, load, problems
from sites import build as build_site
from sites import copy_example

pytestmark = pytest.mark.usefixtures("today")

ROOT = TESTS.parent
ALL = one_of([model.singular for model in KINDS.values()])
CREATED = [kind for kind in KINDS if kind not in ("urgency", "flows", "vignettes")]
"""Kinds of which a thing can be made alone; a flow and its vignettes come with their symptom."""


def new(root: Path, kind: str, id_: str = "new-thing") -> str:
    """The path of a new thing's file."""
    assert 0 == main(["--root", str(root), "new", KINDS[kind].singular, id_])
    return f"data/{kind}.yml" if kind in LISTS else f"data/{kind}/{id_}.yml"


# ------------------------------------------------------------------------------------------------------------
# New


def test_a_new_thing_of_any_kind_passes_the_check_and_is_not_published(project: Project) -> None:
    """Nothing is left to mend, and no page and no list of the site shows it."""
    root = project()
    before = {page.path: page.text for page in careguide.build(root, today=TODAY).pages}

    written = {new(root, kind) for kind in CREATED}

    made = careguide.build(root, today=TODAY)
    assert "" == careguide.report(problem for problem in made.problems if problem.blocks)
    assert before == {page.path: page.text for page in made.pages}
    assert len(CREATED) == len(written)
    for path in written:
        assert "draft: true  # Checked, but not published." in (root / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_new_thing_explains_every_field(project: Project, kind: str) -> None:
    """Each field stands there, in use or behind a '#', with what it means above it.

    The first line is for editors.
    """
    root = project()
    new(root, "symptoms" if kind in ("flows", "vignettes") else kind)
    if kind == "flows":
        new(root, kind)  # one of the symptom's own, instead of the one that all share
    text = (root / f"data/{kind}/new-thing.yml").read_text(encoding="utf-8")

    assert text.startswith("# yaml-language-server: $schema=../schema/")
    shown = re.findall(r"^# \S.*\n(?:# )?(\w+):", text, re.MULTILINE)
    fields = [field for field in describe.fields(KINDS[kind]) if field.name not in ("id", "draft")]
    assert [field.name for field in fields] == [name for name in shown if name in {f.name for f in fields}]
    assert all(f"# {field.meaning}" in text for field in fields)


def test_every_field_of_a_new_thing_can_be_put_to_use(project: Project) -> None:
    """Without the '#' before them, the fields that may be left out hold what they must."""
    root = project()
    put_to_use = 0
    for path in (root / new(root, kind) for kind in CREATED):
        text = path.read_text(encoding="utf-8")
        in_use, lines = re.subn(r"^( *)# (?=\w+:|  )", r"\1", text, flags=re.MULTILINE)
        path.write_text(in_use, encoding="utf-8")
        put_to_use += lines

    assert put_to_use > 50
    found = careguide.build(root, today=TODAY).problems
    assert [] == [problem for problem in found if problem.rule == "fields_fit_the_model"]


JUDGED = {
    "causes": ["group"],
    "remedies": ["verdict"],
    "sources": ["kind"],
    "criteria": ["level"],
    "contexts": ["asked"],
    "hazards": ["severity", "likelihood"],
    "services": ["number"],
}


def test_what_must_be_judged_is_not_judged_beforehand(project: Project) -> None:
    """A choice that nobody made cannot be published: it is still to be written, and the check says so."""
    root, places = project(), []
    for kind, fields in JUDGED.items():
        path = new(root, kind)
        text = (root / path).read_text(encoding="utf-8")
        for field in fields:
            lines = enumerate(text.split("\n"), 1)
            (number,) = (at for at, line in lines if re.match(rf"[ -]*{field}: write-here$", line))
            places.append((path, number, field))
        (root / path).write_text(text.replace("draft: true", "draft: false"), encoding="utf-8")

    found = careguide.build(root, today=TODAY).problems
    for path, number, field in places:
        at_it = [each for each in found if (each.path, each.line) == (path, number)]
        assert [True] == [each.blocks for each in at_it if field in each.message], path


def test_what_is_required_cannot_be_deleted(project: Project) -> None:
    """Without any one of them the thing is wrong, and the field is named."""
    root = project()
    for kind in CREATED:
        value = yaml.safe_load((root / new(root, kind)).read_text(encoding="utf-8"))
        value = {"id": "new-thing", **(value[-1] if kind in LISTS else value)}
        required = [field.name for field in describe.fields(KINDS[kind]) if field.required]

        assert required
        for name in required:
            without = {key: inner for key, inner in value.items() if key != name}
            _, found = build(KINDS[kind], without, Origin(Document("x"), ()))
            assert f"{name} must be given" in [problem.message for problem in found], kind


def test_what_is_not_written_cannot_be_published(project: Project) -> None:
    """Once a thing of any kind is no draft, every place that somebody should have filled is named."""
    root = project()
    places: dict[str, set[int]] = {}
    for path in (new(root, kind) for kind in CREATED):
        text = (root / path).read_text(encoding="utf-8").replace("draft: true", "draft: false")
        (root / path).write_text(text, encoding="utf-8")
        lines = enumerate(text.split("\n"), 1)
        places[path] = {number for number, line in lines if re.match(r"[^#]*[Ww]rite[ -]here", line)}

    found: dict[str, set[int]] = {}
    for problem in careguide.build(root, today=TODAY).problems:
        if problem.blocks and "rite" in problem.message:
            found.setdefault(problem.path, set()).add(problem.line)
    assert all(places.values())
    assert {} == {
        path: lines - found.get(path, set())
        for path, lines in places.items()
        if lines - found.get(path, set())
    }


def test_a_new_symptom_comes_with_all_it_needs(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Its questions, the stories that test them, and an article; the questions are proved as they stand."""
    root = project()
    new(root, "symptoms", "cough")

    written = [
        "data/symptoms/cough.yml",
        "data/vignettes/cough.yml",
        "content/symptoms/cough.md",
    ]
    assert capsys.readouterr().out.startswith(f"Written: {', '.join(written)}.\n")
    assert "" == problems(root)
    assert "symptoms/cough.md" in [
        page.path for page in careguide.build(root, today=TODAY, with_drafts=True).pages
    ]


WRONG_CALLS: list[tuple[str, str, str, str]] = [
    (
        "new caus tea",
        f"a kind must be one of {ALL}, not 'caus'",
        "Did you mean 'cause'?",
        "new cause tea",
    ),
    (
        "new cause Dry_Eye",
        "an id must be made of small letters, digits and hyphens, not 'Dry_Eye'",
        "Put single hyphens between words, such as 'warm-compress'.",
        "new cause dry-eye",
    ),
    (
        "new cause dry-air",
        "an id must be new, but data/causes/dry-air.yml has 'dry-air'",
        "Choose another, or change what is there.",
        "new cause damp-air",
    ),
    (
        "new flow cough",
        "a flow must have the id of a symptom, not 'cough'",
        "Type 'careguide new symptom cough', which writes all of them.",
        "new symptom cough",
    ),
    (
        "new urgency soon",
        "the ladder of urgency must not be changed by a draft: each sign, flow and page rests on it",
        "Edit data/urgency.yml.",
        "",
    ),
    (
        "fields remdy",
        f"a kind must be one of {ALL}, not 'remdy'",
        "Did you mean 'remedy'?",
        "fields remedy",
    ),
    (
        "fields zzz",
        f"a kind must be one of {ALL}, not 'zzz'",
        "Type 'careguide fields' to see what each is.",
        "fields",
    ),
    (
        "form cause letter.md",
        "letter.md must be a file with the text of an issue",
        "Copy the issue's text into a file, with its headings.",
        "form cause issue.md",
    ),
    (
        "form cuase issue.md",
        "a form must be one of cause, remedy, warning-sign or correction, not 'cuase'",
        "Did you mean 'cause'?",
        "",
    ),
    (
        "translate fr",
        "a language must be one that the site names, not 'fr'",
        "Name it in data/site.yml, 'translations', first.",
        "",
    ),
    (
        "deploy nginx --port 0",
        "--port must be a number from 1 to 65535, not 0",
        "The usual ones are 80, and 443 with TLS.",
        "",
    ),
]
"""A command as it is typed wrongly, what is said of it, the tip, and what whoever follows that types."""


def test_a_wrong_call_is_explained_and_its_tip_works(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written by a wrong call; whoever follows the tip gets what they wanted."""
    monkeypatch.chdir(project())
    answers = "### Title\n\nToo much tea\n\n### Group\n\neveryday\n\n### Short\n\nTea dries the nose.\n"
    Path("issue.md").write_text(answers, encoding="utf-8")

    def held() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()}

    before = held()
    for wrong, message, tip, _ in WRONG_CALLS:
        assert 2 == main(wrong.split()), wrong
        assert f"{message}\n  Tip: {tip}\n" == capsys.readouterr().err, wrong
    assert before == held()
    for *_, right in filter(itemgetter(3), WRONG_CALLS):
        assert 0 == main(right.split()), right
    assert "" == problems(Path.cwd())


# ------------------------------------------------------------------------------------------------------------
# Drafts


def test_what_is_published_names_no_draft(project: Project) -> None:
    """A link to a page that is not there is named where it stands, in data and in articles."""
    root = project(changed("data/causes/dry-air.yml", ("title:", "draft: true\ntitle:")))

    found = problems(root)
    assert (
        "must not name a draft, but 'dry-air' is one\n"
        "  Tip: Once it is ready, take 'draft: true' out of data/causes/dry-air.yml; until then, leave "
        "it out here."
    ) in found
    assert "data/symptoms/nosebleed.yml:" in found


def test_a_place_to_fill_in_is_found_however_it_is_set(project: Project) -> None:
    """A text may run over two lines."""
    root = project(changed("data/causes/dry-air.yml", ("short: ", "short: >\n  Write\n  here. ")))

    assert "short must be written, not 'Write here." in problems(root)


@pytest.mark.parametrize("kind", ["symptom", "flow", "vignettes"])
def test_nothing_stands_on_a_ladder_that_is_not_there(
    kind: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without levels of urgency there is nothing to write a symptom from; a source needs none."""
    root = project({"data/urgency.yml": "- id: [\n"})

    assert 2 == main(["--root", str(root), "new", kind, "cough"])
    assert "data/urgency.yml has none that can be read" in capsys.readouterr().err
    assert 0 == main(["--root", str(root), "new", "source", "a-page"])


def test_an_issue_in_another_encoding_is_read(project: Project) -> None:
    """What an editor saved otherwise is no crash: what can be read is."""
    issue = project() / "issue.md"
    issue.write_bytes("### Title\n\nCaf\xe9\n".encode("latin-1"))

    assert 0 == main(["--root", str(issue.parent), "form", "cause", str(issue)])
    assert "title: Caf\ufffd\n" in (issue.parent / "data/causes/caf.yml").read_text(encoding="utf-8")
    words = issue.parent / "data/glossary.yml"
    words.write_bytes(b"# Caf\xe9\n" + words.read_bytes())
    assert 0 == main(["--root", str(issue.parent), "new", "term", "sneezing"])
    assert words.read_bytes().startswith(b"# Caf\xe9\n")


def test_a_draft_is_checked_like_the_rest(project: Project) -> None:
    """Its ids must exist, and its sentences be short, before it is published."""
    root = project()
    path = root / new(root, "causes")
    text = (
        path.read_text(encoding="utf-8")
        .replace("short: Write here", "short: " + "word " * 26)
        .replace("lead: Write here", "lead: It stops.[@no-such-source]")
    )
    path.write_text(text, encoding="utf-8")

    assert "short must have at most 25 words, but has 26" in problems(root)
    assert "lead must be an id from data/sources.yml, not 'no-such-source'" in problems(root)


def test_a_flow_is_not_published_on_stories_nobody_wrote(project: Project) -> None:
    """Its vignettes must be ready too."""
    root = project(changed("data/vignettes/nosebleed.yml", ("stories:", "draft: true\nstories:")))

    assert "draft must not be given, because its check is published" in problems(root)


def test_the_site_shows_drafts_where_it_is_asked_to(tmp_path: Path) -> None:
    """A contributor can see all of it on their own machine; `test_site.py` looks at what is published."""
    root, site = copy_example(tmp_path), tmp_path / "site"
    new(root, "symptoms", "cough")

    done = build_site(root, site, CAREGUIDE_DRAFTS="true")
    assert done.returncode == 0, done.stderr
    said = "Somebody is still writing this page."
    for name in ("cough", "loss-of-smell"):
        assert said in (site / f"symptoms/{name}/index.html").read_text(encoding="utf-8")
    assert said not in (site / "symptoms/nosebleed/index.html").read_text(encoding="utf-8")
    assert "cough" in (site / "symptoms/index.html").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------------------
# Issue forms


def test_the_forms_are_current() -> None:
    """A field that was added, or a sentence that was changed, reaches the form."""
    made = forms.files()

    assert set(forms.KINDS_ASKED) < {Path(path).stem for path in made}
    assert [] == [path for path, text in made.items() if text != (ROOT / path).read_text(encoding="utf-8")], (
        "type 'careguide schema' and commit what it writes"
    )


def test_a_form_asks_for_each_field_once() -> None:
    """One question for each field that is not a maintainer's, required where the model requires it."""
    for name, kind in forms.KINDS_ASKED.items():
        items = [
            item
            for item in yaml.safe_load((ROOT / forms.FOLDER / f"{name}.yml").read_text(encoding="utf-8"))[
                "body"
            ]
            if "id" in item
        ]
        asked = [re.split(r"-", item["id"])[0] for item in items]
        fields = [
            field
            for field in describe.fields(KINDS[kind])
            if field.name not in ("id", "draft", "formerly", "checked", "reviewed")
        ]

        assert [field.name for field in fields] == list(dict.fromkeys(asked)), name
        assert (
            len({item["attributes"]["label"] for item in items})
            == len({item["id"] for item in items})
            == len(items)
        ), name
        assert {field.name for field in fields if field.required} == {
            re.split(r"-", item["id"])[0] for item in items if item["validations"]["required"]
        }, name


def issue(answers: dict[str, str], kind: str) -> str:
    """An issue as GitHub writes it: every question, and what was not answered."""
    return "\r\n\r\n".join(
        f"### {forms.label(each)}\r\n\r\n{answers.get(each.name, forms.NO_ANSWER)}"
        for each in forms.questions(kind)
    )


CAUSE = {
    "title": "Hot, spicy food",
    "also_called": "Chilli\n- Pepper",
    "short": "Hot food can make the nose run.",
    "group": "everyday",
    "lead": (
        "Food with chilli in it makes the nose run.[@nhs-nosebleed]\n\n"
        'It does "no harm".[https://example.org/new]'
    ),
    "sections": (
        "## What helps\n\n[Press the nose](remedy:press-the-nose).[@nhs-nosebleed]\n\n- one\n- two\n\n"
        "## How long it lasts\n\nAn hour."
    ),
    "medicines": "generic: aspirin, brands: [One, Two]",
}


def form(root: Path, kind: str, answers: dict[str, str], *more: str) -> int:
    """Turn answers into a file, as a maintainer does."""
    file = root.parent / "issue.md"
    file.write_text(issue(answers, kind), encoding="utf-8", newline="")
    name = next(name for name, of in forms.KINDS_ASKED.items() if of == kind)
    return main(["--root", str(root), "form", name, str(file), *more])


def test_answers_become_a_draft(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Each answer stands in its field, word for word.

    What is missing can be filled in; and it passes the check.
    """
    root = project()
    source = next(iter(load(root).sources))
    answers = {name: text.replace("nhs-nosebleed", source) for name, text in CAUSE.items()}

    assert 0 == form(root, "causes", answers)

    assert (
        "a source must be in data/sources.yml, but 'https://example.org/new' is not"
        in capsys.readouterr().out
    )
    value: dict[str, Any] = yaml.safe_load(
        (root / "data/causes/hot-spicy-food.yml").read_text(encoding="utf-8")
    )
    assert (True, "Hot, spicy food", ["Chilli", "Pepper"]) == tuple(
        value[name] for name in ("draft", "title", "also_called")
    )
    assert (
        f'Food with chilli in it makes the nose run.[@{source}]\n\nIt does "no harm".[@write-here]'
    ) == value["lead"]
    assert [
        {
            "heading": "What helps",
            "text": f"[Press the nose](remedy:press-the-nose).[@{source}]\n\n- one\n- two",
        },
        {"heading": "How long it lasts", "text": "An hour."},
    ] == value["sections"]
    assert [{"generic": "aspirin", "brands": ["One", "Two"]}] == value["medicines"]
    assert "" == problems(root)


def test_a_source_that_is_known_is_found_by_its_address(project: Project) -> None:
    """Nobody who fills in a form need know the ids."""
    root = project()
    id_, source = next(iter(load(root).sources.items()))

    assert 0 == form(root, "causes", CAUSE | {"lead": f"Food.[{source.url}]"})
    value = yaml.safe_load((root / "data/causes/hot-spicy-food.yml").read_text(encoding="utf-8"))
    assert f"Food.[@{id_}]" == value["lead"]


def test_a_warning_sign_joins_the_list(project: Project) -> None:
    """Its contexts and sources too are read from the form."""
    root = project()
    answers = {
        "level": "same-day",
        "lead": "Seeing stars",
        "sign": "You see stars.",
        "context": "takes-medicine",
        "why": "It may be the eye.",
        "sources": "leaflet, @study",
        "not_sure": "same-day",
    }

    assert 0 == form(root, "criteria", answers, "--id", "stars")
    entry = yaml.safe_load((root / "data/criteria.yml").read_text(encoding="utf-8"))[-1]
    assert ("stars", ["takes-medicine"], ["leaflet", "study"]) == (
        entry["id"],
        entry["context"],
        entry["sources"],
    )


def test_sections_start_with_a_heading(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Words above the first heading would be lost, so they are named and nothing is written."""
    root = project()

    assert 1 == form(root, "causes", CAUSE | {"sections": "It helps.\n\n## What helps\n\nRest."})
    assert "sections must start with a heading, not 'It helps.'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "### Titel\n\nx\n",
            (
                "issue.md:1: a heading must be a question of the form, not 'Titel'\n"
                "  Tip: Did you mean 'Title'?\n"
            ),
        ),
        (
            "Just words.\n",
            (
                "issue.md:1: the file must hold the answers of a form\n"
                "  Tip: Copy the whole text of the issue, with its headings.\n"
            ),
        ),
        (
            "### Title\n\nx\n\n### Group\n\nevery-day\n",
            (
                "issue.md:5: group must be one of everyday, underlying or serious, not 'every-day'\n"
                "  Tip: Did you mean 'everyday'?\n"
            ),
        ),
    ],
)
def test_answers_that_make_no_sense_are_named(
    text: str, expected: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written."""
    root = project()
    (root / "issue.md").write_text(text, encoding="utf-8")

    assert 1 == main(["--root", str(root), "form", "cause", str(root / "issue.md")])
    assert expected == capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "now", "code"),
    [
        ("data/causes/dry-air.yml", "Dry air", 1),
        ("data/causes/dry-air.yml", "title: Dry air", 0),
        ("data/causes/../../mkdocs.yml", "title: Dry air", 1),
        ("/etc/passwd", "root", 1),
        ("data/causes/dry-air.yml", "no such words", 1),
    ],
)
def test_a_correction_is_carried_out(
    file: str, now: str, code: int, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the words stand once in a file of the guide, and nowhere else."""
    root = project()
    (root / "issue.md").write_text(
        f"### File\n\n{file}\n\n### Words now\n\n{now}\n\n### Better words\n\ntitle: Very dry air\n",
        encoding="utf-8",
    )
    count = (root / "data/causes/dry-air.yml").read_text(encoding="utf-8").count(now)

    assert (0 if count == 1 and code == 0 else code) == main(
        ["--root", str(root), "form", "correction", str(root / "issue.md")]
    )
    assert ("title: Very dry air" in (root / "data/causes/dry-air.yml").read_text(encoding="utf-8")) == (
        code == 0
    )
    assert "Tip: " in capsys.readouterr().out or code == 0


def test_a_name_makes_an_id_in_any_language() -> None:
    """An accent cuts no word to pieces."""
    assert "dry-air" == id_from("Dry air")
    assert "whats-this" == id_from("What's this?")
    assert "grosse-mudigkeit" == id_from("Große Müdigkeit")
    assert "contraccion-del-parpado" == id_from("Contracción del párpado")
