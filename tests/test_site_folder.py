"""A build that is stopped, refused or out of room leaves the site before as it was."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from careguide import site_folder
from careguide.site_folder import NextSite, refused
from sites import build, copy_example, files

OLD = {"index.html": "old", "gone/index.html": "old", "place": "a file"}
NEW = {"index.html": "new", "causes/dry-air/index.html": "new", "place/index.html": "now a folder"}


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> dict[str, str]:
    """What stands in a folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


class Killed(BaseException):
    """Stands for the end of the program: nothing catches it, and nothing is tidied up."""


def killed(*_: object, **__: object) -> None:
    """Ends the program."""
    raise Killed


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built before."""
    return written(tmp_path / "site", OLD)


@pytest.fixture(params=["exchange", "two steps", "file by file", "inside"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, site: Path) -> str:
    """How the system lets a site be replaced: at once, by renaming, or one file after the other."""
    if request.param != "exchange":
        monkeypatch.setattr(site_folder, "_exchanged", lambda _one, _other: False)
    if request.param == "file by file":
        rename = Path.rename

        def refuse(self: Path, target: Path) -> Path:
            if self == site:
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", refuse)
    if request.param == "inside":
        monkeypatch.setattr(os.path, "ismount", lambda path: path == site)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_new_site_takes_the_place_of_the_old_one(site: Path) -> None:
    """Nothing of the old one is left, nor of the making; what somebody hid in it stays."""
    written(site, {".well-known/contact": "somebody's", ".git": "a worktree"})
    new = NextSite(site)
    written(new.folder, NEW)
    assert OLD.items() <= read(site).items()
    new.publish()

    assert NEW | {".well-known/contact": "somebody's", ".git": "a worktree"} == read(site)
    assert [site] == list(site.parent.iterdir())


def test_the_first_site_needs_no_folder(tmp_path: Path) -> None:
    """Nor the folders around it."""
    new = NextSite(tmp_path / "public" / "site")
    written(new.folder, NEW)
    new.publish()

    assert NEW == read(tmp_path / "public" / "site")


@pytest.mark.usefixtures("way")
def test_a_dropped_site_leaves_nothing(site: Path) -> None:
    """A refused build deletes what it made."""
    new = NextSite(site)
    written(new.folder, NEW)
    new.drop()

    assert OLD == read(site)
    assert [site] == list(site.parent.iterdir())


@pytest.mark.parametrize("step", ["mkdir", "rename", "copymode", "_exchanged", "_clear"])
def test_whatever_is_killed_a_site_is_whole(site: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """At each step a site stands there, the old one or the new; the next build tidies up."""
    owner = {"mkdir": Path, "rename": Path, "copymode": shutil, "_exchanged": site_folder, "_clear": NextSite}
    with monkeypatch.context() as patch:
        if step == "rename":
            patch.setattr(site_folder, "_exchanged", lambda _one, _other: False)
        patch.setattr(owner[step], step, killed)
        with pytest.raises(Killed):  # noqa: PT012 - which of the lines is the last one differs
            new = NextSite(site)
            written(new.folder, NEW)
            new.publish()
    _forget_locks(site.parent)

    assert read(site) in (OLD, NEW)
    _next_build_is_right(site)


def test_a_build_that_is_killed_between_two_steps_is_put_right(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system knows no exchange a site is missing for a moment; the next build finds it."""
    rename = Path.rename
    with monkeypatch.context() as patch:
        patch.setattr(site_folder, "_exchanged", lambda _one, _other: False)
        patch.setattr(Path, "rename", lambda self, new: rename(self, new) if self == site else killed())
        new = NextSite(site)
        written(new.folder, NEW)
        with pytest.raises(Killed):
            new.publish()
    assert not site.exists()
    del new
    _forget_locks(site.parent)

    following = NextSite(site)
    assert OLD == read(site)
    following.drop()
    _next_build_is_right(site)


def _forget_locks(folder: Path) -> None:
    """Let go of the folders that a killed program would have let go of."""
    for link in Path("/proc/self/fd").iterdir():
        if link.exists() and (link.resolve() == folder or folder in link.resolve().parents):
            os.close(int(link.name))


def _next_build_is_right(site: Path) -> None:
    new = NextSite(site)
    written(new.folder, NEW)
    new.publish()
    assert NEW == read(site)
    assert [site] == list(site.parent.iterdir())


def test_two_builds_do_not_disturb_each_other(site: Path) -> None:
    """The second does not tidy up what the first is making; the last to finish is seen."""
    first, second = NextSite(site), NextSite(site)
    written(first.folder, NEW)
    written(second.folder, NEW | {"index.html": "newest"})
    first.publish()
    assert NEW == read(site)
    second.publish()

    assert NEW | {"index.html": "newest"} == read(site)
    assert [site] == list(site.parent.iterdir())


def test_a_folder_that_no_site_may_replace(tmp_path: Path) -> None:
    """A link, a file, and what the guide is read from."""
    site = tmp_path / "site"
    data = written(tmp_path / "data", {"causes.yml": ""})
    assert "" == refused(site, [data])
    site.symlink_to(data)
    assert "must be a folder, not a link" in refused(site, [data])
    site.unlink()
    site.write_text("", encoding="utf-8")
    assert "must be a folder, but is a file" in refused(site, [data])
    for place in (data, data / "site", tmp_path):
        assert f"must stand apart from {data}" in refused(place, [data])


# ------------------------------------------------------------------------------------------------------------
# The engine itself


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a site from before."""
    root = copy_example(tmp_path)
    written(root / "site", OLD)
    return root


def _run(root: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **settings}
    program = str(Path(sys.executable).with_name(command[0]))
    return subprocess.run(
        [program, *command[1:]], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def _left(root: Path) -> list[str]:
    return [file.name for file in root.glob(".site-*")]


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_a_refused_build_leaves_the_old_site(root: Path, engine: str) -> None:
    """Whether the guide is wrong, or the engine warns at the very end, after everything is written."""
    (root / "hooks" / "warn.py").write_text(
        "import logging\n"
        "def on_post_build(config):\n"
        f"    logging.getLogger('{engine}.plugins.warn').warning('something is not right')\n",
        encoding="utf-8",
    )
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("hooks:", "hooks:\n  - hooks/warn.py"), encoding="utf-8")

    done = build(root, root / "site", engine=engine)
    assert done.returncode == 1
    assert "Aborted with 1 warnings in strict mode" in done.stderr + done.stdout
    assert (OLD, []) == (read(root / "site"), _left(root))

    if engine == "mkdocs":  # the guide itself is read by the same code in both
        (root / "data" / "causes" / "dry-air.yml").write_text("title: Dry air\n", encoding="utf-8")
        done = build(root, root / "site")
        assert done.returncode == 1
        assert "data/causes/dry-air.yml:1: " in done.stderr
        assert (OLD, []) == (read(root / "site"), _left(root))


def test_a_site_is_not_mended_in_its_place(root: Path) -> None:
    """A page names others, so a new one beside old ones is wrong; and a build that is stopped leaves half."""
    done = _run(root, "mkdocs", "build", "--dirty")

    assert (1, OLD) == (done.returncode, read(root / "site"))
    assert "--dirty must be left out. It would leave old pages beside new ones." in done.stdout + done.stderr


def test_a_link_in_the_place_of_the_site_is_refused(root: Path, tmp_path: Path) -> None:
    """What it leads to is not touched."""
    shutil.rmtree(root / "site")
    elsewhere = written(tmp_path / "elsewhere", OLD)
    (root / "site").symlink_to(elsewhere)
    done = build(root, root / "site")

    assert done.returncode == 1
    assert "site must be a folder, not a link. Delete the link" in done.stderr
    assert "Traceback" not in done.stderr
    assert OLD == read(elsewhere)


def test_a_full_disk_is_told_in_a_sentence(root: Path) -> None:
    """A file may have 20,000 bytes here: the system then refuses to write, as it does on a full disk."""
    code = (
        "import resource, runpy, sys;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, {resource.RLIM_INFINITY}));"
        "sys.argv = ['mkdocs', 'build', '--strict'];"
        "runpy.run_module('mkdocs', run_name='__main__')"
    )
    done = _run(root, "python", "-c", code)

    assert done.returncode == 1
    assert "The site was not built: File too large" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert (OLD, []) == (read(root / "site"), _left(root))


def test_the_site_is_deployed_from_its_own_folder(root: Path, tmp_path: Path) -> None:
    """`mkdocs gh-deploy` pushes what was built, whole, to the branch of the pages."""
    pages = tmp_path / "pages.git"
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@guide.example", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "--quiet", "--bare", str(pages)], check=True)
    for command in (
        ["init", "--quiet"],
        ["config", "user.name", "A"],
        ["config", "user.email", "a@guide.example"],
        ["commit", "--quiet", "--allow-empty", "--message", "Begin"],
        ["remote", "add", "origin", str(pages)],
    ):
        subprocess.run([*git, *command], cwd=root, check=True)
    done = _run(root, "mkdocs", "gh-deploy", "--strict")

    assert done.returncode == 0, done.stderr
    listed = subprocess.run(
        ["git", "-C", str(pages), "ls-tree", "-r", "--name-only", "gh-pages"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"index.html", "causes/dry-air/index.html", "404.html"} <= set(listed.stdout.splitlines())
    assert "gone/index.html" not in listed.stdout
    assert [] == _left(root)


def test_two_builds_at_once_make_the_same_site(root: Path, bare_site: Path) -> None:
    """With nothing kept, both make everything at the same time, and neither stumbles over the other."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    program = str(Path(sys.executable).with_name("mkdocs"))
    builds = [
        subprocess.Popen(
            [program, "build", "--strict"],
            cwd=root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [each.communicate()[1] for each in builds]

    assert [0, 0] == [each.returncode for each in builds], said
    assert "Traceback" not in "".join(said)
    made, expected = files(root / "site"), files(bare_site)
    assert len(made) > 100
    assert made.keys() == expected.keys()
    assert [] == [name for name, content in made.items() if content != expected[name]]
