"""The line of a guide's requirements by which pip finds this very generator: an address and a hash."""

import hashlib
import json
import re
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from careguide.source.problems import WrongCallError, quoted

NAME = "careguide"
FOLDER = "wheels"
"""Where a guide keeps the generator that was given as a file."""
_HEAD = (
    "# Every package that builds this guide, each with its hash: pip takes no other.\n"
    "# A newer Careguide is another address and hash in the first line, and its own list of packages below.\n"
)
_WHEEL = re.compile(r"careguide-[\w.+!]+-py3-none-any\.whl")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def pinned(given: str | None) -> tuple[str, dict[str, bytes]]:
    """The first lines of the requirements, and the files that they name, by path in the guide.

    `given` is a file, or an address with its hash behind `#sha256=`. Without one it is whatever this
    generator was itself installed from, as pip keeps it. Raises a WrongCallError.
    """
    if given:
        return _from_address(given) if "://" in given else _from_file(Path(given))
    address, sha256 = _installed_from()
    if address.startswith("https://") and sha256:
        return _line(address, sha256), {}
    if address.startswith("file://") and Path(unquote(urlsplit(address).path)).is_file():
        return _from_file(Path(unquote(urlsplit(address).path)))
    unknown = (
        "# careguide: its wheel goes here, because this one was not installed from one. Build it\n"
        f"# in its repository ('make wheel'), put it into {FOLDER}/, and write\n"
        f"# './{FOLDER}/NAME.whl --hash=sha256:HASH'.\n"
    )
    return f"{_HEAD}{unknown}", {}


def _installed_from() -> tuple[str, str]:
    """Where pip took this generator from, and the hash of that; empty where it does not say."""
    try:
        kept = metadata.distribution(NAME).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return "", ""
    about = json.loads(kept) if kept else {}
    archive = about.get("archive_info") or {}
    hashes = archive.get("hashes") or {}
    sha256 = hashes.get("sha256") or str(archive.get("hash", "")).removeprefix("sha256=")
    return str(about.get("url", "")), str(sha256)


def _from_address(given: str) -> tuple[str, dict[str, bytes]]:
    address, _, sha256 = given.partition("#sha256=")
    if not (address.startswith("https://") and _SHA256.fullmatch(sha256)):
        must = "the wheel's address must be 'https://…/NAME.whl#sha256=' and its hash"
        message = f"{must}, not {quoted(given)}"
        raise WrongCallError(message, "'pip hash FILE' tells the hash of a file.")
    return _line(address, sha256), {}


def _from_file(file: Path) -> tuple[str, dict[str, bytes]]:
    if not (file.is_file() and _WHEEL.fullmatch(file.name)):
        message = f"the wheel must be a file such as 'careguide-1.0-py3-none-any.whl', not {quoted(file)}"
        raise WrongCallError(message, "'make wheel' in Careguide's repository builds it.")
    content = file.read_bytes()
    path = f"{FOLDER}/{file.name}"
    return _line(f"./{path}", hashlib.sha256(content).hexdigest()), {path: content}


def _line(where: str, sha256: str) -> str:
    named = where if where.startswith("./") else f"{NAME} @ {where}"
    return f"{_HEAD}{named} \\\n    --hash=sha256:{sha256}\n"
