"""What stands around the guide: safe workflows, spelling, and checks before a commit.

`make lint`, a part of `make test`, runs the tools themselves; here is shown that they see what they are for.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sites import EXAMPLE, ROOT

BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
NAMES = [file.name for file in WORKFLOWS]


def run(*command: str, root: Path = ROOT) -> tuple[int, str]:
    """Run a tool of the project's own, and return its exit code and what it says."""
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=root, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def parsed(file: Path) -> dict:
    """A workflow's values. YAML reads its key 'on' as true."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------------------------------------
# Workflows


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("check.yml", "on:\n  pull_request:\n", "on:\n  pull_request_target:\n", "dangerous-triggers"),
        (
            "check.yml",
            "checkout@3d3c42e5aac5ba805825da76410c181273ba90b1  # v7.0.1",
            "checkout@v7",
            "unpinned-uses",
        ),
        ("check.yml", "persist-credentials: false\n          fetch-depth", "fetch-depth", "artipacked"),
        ("check.yml", "permissions: {}", "permissions: write-all", "excessive-permissions"),
        (
            "check.yml",
            "--advice HEAD^1",
            "--advice ${{ github.event.pull_request.title }}",
            "template-injection",
        ),
    ],
)
def test_an_unsafe_workflow_is_found(name: str, old: str, new: str, rule: str, tmp_path: Path) -> None:
    """The linter sees what it is there for."""
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    file = tmp_path / ".github/workflows" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, said = run("zizmor", "--offline", "--persona", "auditor", "--no-config", ".", root=tmp_path)

    assert code
    assert f"[{rule}]" in said


def test_every_job_has_the_least_rights_and_an_end() -> None:
    """Rights are given job by job, from none, and no job runs for hours.

    One that runs the project's code can write nothing but the site.
    """
    assert WORKFLOWS
    for file in WORKFLOWS:
        workflow = parsed(file)
        allowed = {"contents: read", "issues: write", "pages: write", "id-token: write"}

        assert {} == workflow["permissions"], file
        for job in workflow["jobs"].values():
            rights = {f"{what}: {right}" for what, right in job["permissions"].items()}
            assert rights <= allowed, file
            assert rights == {"contents: read"} or not any(
                "make" in step.get("run", "") for step in job["steps"]
            ), file
            assert job["timeout-minutes"] <= 60, file


def test_every_action_is_pinned() -> None:
    """By the hash of a commit, with its version beside it; one action has one hash everywhere."""
    assert WORKFLOWS
    for file in WORKFLOWS:
        uses = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
        everywhere = {
            line for each in WORKFLOWS for line in re.findall(r"uses: (.*)", each.read_text(encoding="utf-8"))
        }

        assert [] == [
            line for line in uses if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line)
        ], file
        assert len({line.split("@")[0] for line in everywhere}) == len(everywhere), file


def test_strangers_get_no_secrets() -> None:
    """The workflow for pull requests has one trigger, hands out no secret and keeps no credentials."""
    check = ROOT / ".github/workflows/check.yml"
    checkouts = [
        step
        for job in parsed(check)["jobs"].values()
        for step in job["steps"]
        if "checkout" in step.get("uses", "")
    ]

    assert {"pull_request": None} == parsed(check)[True]
    assert "secrets." not in check.read_text(encoding="utf-8")
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_workflows_call_what_exists() -> None:
    """Every `make` target is in the Makefile, and every subcommand of `careguide` in its help."""
    assert WORKFLOWS
    for file in WORKFLOWS:
        steps = "\n".join(
            step.get("run", "") for job in parsed(file)["jobs"].values() for step in job["steps"]
        )
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        _, said = run("careguide", "--help")

        assert "make" in steps, file
        assert [] == [
            target
            for target in re.findall(r"\bmake ([\w./]+)", steps)
            if not re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)
        ], file
        assert [] == [
            command
            for command in re.findall(r"bin/careguide (\w+)", steps)
            if not re.search(rf"^    {command} ", said, re.MULTILINE)
        ], file


# ------------------------------------------------------------------------------------------------------------
# Spelling, and before a commit


@pytest.mark.parametrize(
    ("path", "misspelt", "meant"),
    [
        ("data/causes/picking.yml", "Caffeine is realy old.", "realy ==> really"),
        ("data/causes/picking.yml", "It may cause a fasiculation.", "fasiculation ==> fasciculation"),
        ("content/about.md", "The color of it.", "color ==> colour"),
        ("content/about.md", "You may have diarrhea.", "diarrhea ==> diarrhoea"),
        ("CONTRIBUTING.md", "Wich one?", "Wich ==> Which"),
        (".github/PULL_REQUEST_TEMPLATE.md", "Recieve it.", "Recieve ==> Receive"),
        ("data/causes/picking.yml", "You may have diarrhoea (US: diarrhea).", ""),
        ("data/causes/picking.yml", "Twitching, fasciculations, dystonia and haemorrhage.", ""),
    ],
)
def test_a_misspelt_word_is_found(path: str, misspelt: str, meant: str, tmp_path: Path) -> None:
    """British spelling, medical words, and American words beside the British are right."""
    lists = ("hooks/careguide/words/misspelt.txt", "hooks/careguide/words/american.txt")
    for name in ("pyproject.toml", *lists, path):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        source = EXAMPLE if name.startswith(("data/", "content/")) else ROOT
        shutil.copy(source / name, tmp_path / name)
    with (tmp_path / path).open("a", encoding="utf-8") as file:
        file.write(f"# {misspelt}\n")
    code, said = run("codespell", root=tmp_path)

    assert (bool(meant), meant) == (bool(code), meant if meant in said else said)


def test_what_runs_before_a_commit_is_the_projects_own() -> None:
    """Every hook is a tool from the lock files, so nothing is fetched; pre-commit understands the file."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]

    assert (0, "") == run("pre-commit", "validate-config")
    assert ["local"] == [repo["repo"] for repo in config["repos"]]
    assert [] == [
        hook["id"]
        for hook in hooks
        if not (BIN / hook["entry"].split()[0].removeprefix(".venv/bin/")).is_file()
    ]


# ------------------------------------------------------------------------------------------------------------
# The tests


WHOLE = {
    *("accessibility", "architecture", "injection", "look", "mistakes", "policy", "print", "repository"),
    *("serve", "site", "structure", "theme", "tips", "wheel", "wrong"),
}
"""What is tested as a whole, and not one module or room of the generator."""


def test_tests_are_found_by_the_name_of_what_they_test() -> None:
    """`test_<module>.py` or `test_<room>.py`, with what it looks at behind: `test_flow_browser.py`."""
    core = ROOT / "hooks/careguide"
    names = {path.stem for path in [*core.rglob("*.py"), *core.iterdir()]} | WHOLE
    files = {file.stem.removeprefix("test_") for file in (ROOT / "tests").glob("test_*.py")}

    assert len(files) > 40
    assert set() == {file for file in files if not any(f"{file}_".startswith(f"{name}_") for name in names)}
