"""A project as it was. A folder stands for itself, a git revision for what it held."""

import io
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from careguide.source import cache
from careguide.source.problems import WrongCallError

PARTS = ("data", "content", "overrides", "hooks", "mkdocs.yml")
"""What a guide is made of, and all that its settings name."""
TEXTS = ("data", "content")
"""What a guide says."""
_UNKNOWN = ("not a valid object name", "not a tree object", "unknown option")
"""What git says of a name that is no revision."""
_ELSEWHERE = re.compile(r"GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|NAMESPACE|PREFIX|.*OBJECT.*)")
"""What the environment may say of a repository, such as of one whose hook is running: it may be another."""


class GitRefusedError(WrongCallError):
    """The project has a history, and git does not tell it, such as where it belongs to another user."""


@contextmanager
def opened(name: str, root: Path, parts: tuple[str, ...] = PARTS) -> Iterator[Path]:
    """The folder of a version, of a revision with these parts. Raises `WrongCallError`."""
    if (Path(name) / "data").is_dir():
        yield Path(name).resolve()
        return
    with TemporaryDirectory() as folder:
        try:
            _unpack(name, root, Path(folder), parts)
        except OSError as error:
            message = f"{folder} must take the version before, but: {error.strerror}"
            raise WrongCallError(message, "Make room there, or name another folder in TMPDIR.") from None
        # What was found out holds in any version in which nothing it depends on differs.
        for file in (root / cache.FOLDER).glob("*.json"):
            if content := cache.read(file):
                cache.write(Path(folder) / cache.FOLDER / file.name, content)
        yield Path(folder)


_MAIN = ("origin/HEAD", "origin/main", "main", "HEAD")
"""What a change is compared to, where nobody says what: the first that there is."""


def before(root: Path) -> tuple[str, list[str], bool]:
    """The revision that the work in a folder began from, and which files of data or pages differ from it now.

    Both are empty where nothing differs, and where there is no git, no repository or no version before. And
    whether the history is cut off, so that the last commit stands for it. Raises a `GitRefusedError`.
    """
    for name in _MAIN:
        try:
            began = _git(name, root, "merge-base", "HEAD", name).decode().strip()
            held = _git(began, root, "ls-tree", "--name-only", began, "--", *PARTS).decode().split()
            changed = _git(began, root, "diff", "--relative", "--name-only", "-z", began, "--", *TEXTS)
            changed += _git(began, root, "ls-files", "--others", "--exclude-standard", "-z", "--", *TEXTS)
        except GitRefusedError:
            raise
        except (WrongCallError, OSError):
            continue
        files = changed.decode(errors="replace").split("\0")[:-1]
        cut = name == "HEAD" and _git(name, root, "rev-parse", "--is-shallow-repository") == b"true\n"
        return (began, files, cut) if files and "data" in held else ("", [], cut)
    return "", [], False


def _unpack(revision: str, root: Path, folder: Path, parts: tuple[str, ...]) -> None:
    # What is no revision is refused here; so nothing else is ever handed to the second command.
    held = _git(revision, root, "ls-tree", "--name-only", revision, "--", *parts).decode().split()
    if "data" not in held:
        message = f"{revision} must be a project's folder or a git revision of this one"
        raise WrongCallError(message, "Try 'HEAD', the last commit.")
    archive = _git(revision, root, "archive", revision, "--", *held)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def _git(revision: str, root: Path, *arguments: str) -> bytes:
    """What git answers. Where it fails, its own words are raised: what to do may be about git itself."""
    message = f"{revision} must be a project's folder or a git revision of this one"
    alone = {name: value for name, value in os.environ.items() if not _ELSEWHERE.fullmatch(name)}
    alone |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    has_history = any((above / ".git").exists() for above in (root, *root.parents))
    refused = GitRefusedError if has_history else WrongCallError
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False, env=alone)
    except FileNotFoundError:
        tip = "Install git, or name the folder of the version before."
        raise refused(f"{message}, but there is no git to ask", tip) from None
    said = " ".join(done.stderr.decode(errors="replace").split()).removeprefix("fatal: ")
    if done.returncode and any(words in said.lower() for words in _UNKNOWN):
        never = revision == "HEAD"
        tip = "Nothing is committed yet: commit first." if never else "Try 'HEAD', the last commit."
        raise WrongCallError(message, tip)
    if done.returncode < 0:
        said = f"it was stopped by signal {-done.returncode}"
    if done.returncode:
        tip = "Type 'git status' and put right what it says, or name the folder of the version before."
        raise (refused if said else WrongCallError)(f"{message}, but git says: {said[:500]}", tip)
    return done.stdout
