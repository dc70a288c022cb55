"""What stands in a project's folders: names that every system can have, and nothing private."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import filterfalse
from pathlib import Path

from careguide.guide.guide import CONTENT, DRAWINGS, Guide
from careguide.guide.page_paths import MADE_OF_THINGS
from careguide.model.kinds import DATA
from careguide.source import text_files
from careguide.source.cache import Cache
from careguide.source.digests import code_digest
from careguide.source.problems import Problem, named, quoted
from careguide.source.project import FOLDERS, OVERRIDES

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""
_UNUSABLE = re.compile(r"""[<>:"|?*\\\s\x00-\x1f\udc80-\udcff#%&;`'$!=^{}\[\]]|[. ]$""")
"""What some system cannot have in a name, stray bytes, and what has a meaning in addresses or in Markdown."""
_NARROWER = (f"{DATA}/", f"{DRAWINGS}/")
"""Where names are ids, which the reader of those files sees to."""
_WRITTEN = {".csv", ".md", ".txt", ".yml"}


def check(guide: Guide, root: Path, cache: Path | None = None) -> Iterator[Problem]:
    """Every rule, for all files of the guide. Files in which nothing is private are kept in `cache`."""
    every = text_files.all_in(root, *FOLDERS, left_behind=True)
    files = [path for path in every if not text_files.LEFT_BEHIND.fullmatch(path.rpartition("/")[2])]
    yield from named(names_fit_every_system(files))
    yield from named(pages_have_their_own_address(files))
    yield from named(files_at_the_top_count(root))
    yield from named(overrides_are_plain_files(root))
    yield from named(pictures_tell_nothing_more(root, files))
    yield from named(keys_lie_elsewhere(every))
    own = guide.site_origin
    kept = Cache(cache and cache / "private.json", code_digest(__name__), own.path, own.document.text)
    for path in files:
        text = _text_of(root / path)
        if not kept.get([path, text]):
            found = list(named(nothing_is_private(guide, path, text)))
            yield from found
            if not found:
                kept.put([path, text], True)
    kept.close()


# Names


def names_fit_every_system(files: list[str]) -> Iterator[Problem]:
    """A name must be one that every system can have, and differ from its neighbours in more than capitals."""
    seen: dict[str, str] = {}
    for path in files:
        shown = path.encode(errors="replace").decode()
        for name in path.split("/"):
            if _RESERVED.fullmatch(name):
                message = f"a file's name must be one that Windows can have, not {quoted(name)}"
                yield Problem(shown, 1, message, "Add a word to it: Windows keeps this name for itself.")
            elif path.startswith(_NARROWER):
                continue
            elif (found := _UNUSABLE.search(name)) or (unseen := next(text_files.hidden(name), "")):
                sign = found[0].encode(errors="replace").decode() if found else ""
                what = "a blank" if sign.isspace() else quoted(sign) if sign else unseen
                message = f"a file's name must be one that every system can have, but holds {what}"
                yield Problem(shown, 1, message, "Use letters, digits, hyphens and full stops.")
        alike = unicodedata.normalize("NFC", path).casefold()
        if alike != path and alike.removeprefix(f"{CONTENT}/") in MADE_OF_THINGS:
            seen.setdefault(alike, alike)
        if alike in seen:
            message = f"a file's name must differ in more than capitals from {quoted(seen[alike])}"
            yield Problem(shown, 1, message, "Rename one: some systems have room for only one of the two.")
        seen.setdefault(alike, path)


def pages_have_their_own_address(files: list[str]) -> Iterator[Problem]:
    """A page must not have the address of another: `rest.md` and `rest/index.md` are both `rest/`."""
    there = set(files)
    for path in files:
        other = path.removesuffix(".md") + "/index.md"
        if path.startswith(f"{CONTENT}/") and path.endswith(".md") and other in there:
            message = f"a page must have an address of its own, but {quoted(other)} has the same"
            yield Problem(path, 1, message, "Rename one, or make one page of the two.")


def overrides_are_plain_files(root: Path) -> Iterator[Problem]:
    """What the engine copies must be plain files of this project: it follows links, and waits for pipes."""
    for folder, folders, names in os.walk(root / OVERRIDES):
        for name in sorted((*folders, *names)):
            file = Path(folder) / name
            if text_files.LEFT_BEHIND.fullmatch(name):
                continue
            if file.is_symlink() or not (file.is_file() or file.is_dir()):
                what = "a link" if file.is_symlink() else "a pipe or a device"
                path = file.relative_to(root).as_posix()
                message = f"a file in {OVERRIDES}/ must be one of this project, not {what}"
                yield Problem(path, 1, message, "Put the file itself there, or delete it.")
            elif file.is_file():
                path = file.relative_to(root).as_posix()
                yield from text_files.file_can_be_read(root, path)


_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_LOOKED_AT = 65_536
"""Bytes at the start of a picture, where such data stands."""


def pictures_tell_nothing_more(root: Path, files: list[str]) -> Iterator[Problem]:
    """A picture should not carry where, when and with what it was taken."""
    for path in files:
        file = root / path
        if file.suffix.lower() in _PICTURES and file.is_file() and not file.is_symlink():
            with file.open("rb") as picture:
                start = picture.read(_LOOKED_AT)
            if re.search(rb"Exif\0\0|eXIf|EXIF", start):
                must = "a picture should not carry where, when and with what it was taken, but has Exif data"
                yield Problem(path, 1, must, "Save it for the web, without metadata.", blocks=False)


def keys_lie_elsewhere(paths: Iterable[str]) -> Iterator[Problem]:
    """A file for passwords should not lie among those that are shared, even where no page shows it."""
    for path in paths:
        if re.search(r"/\.(?:env(?:\.[^/]*)?|htpasswd|netrc|pgpass|npmrc)$", path):
            message = "a file for passwords should not lie among those of the guide"
            yield Problem(path, 1, message, f"Move it out of the project. {_INVALID}", blocks=False)


def files_at_the_top_count(root: Path) -> Iterator[Problem]:
    """The settings must stand in one file, and a licence must say something."""
    for other in ("mkdocs.yaml", "properdocs.yml", "properdocs.yaml", "zensical.toml"):
        if (root / other).is_file() and (root / "mkdocs.yml").is_file():
            message = "there must be one file of settings, and every engine reads 'mkdocs.yml'"
            yield Problem(other, 1, message, "Bring what is only here over to mkdocs.yml, and delete this.")
    licence = root / "LICENSE"
    raw, wrong = text_files.read_bytes(root, licence.name) if licence.is_file() else (b"-", [])
    yield from wrong
    if not (wrong or raw.strip()):
        message = "the licence must say what readers may do with the guide, but is empty"
        yield Problem(licence.name, 1, message, "Take its text back from the history.")


# Secrets and people

_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[opsru]_\w{36}|\bgithub_pat_\w{22}|\bglpat-[\w-]{20}"
    r"|\bxox[abprs]-[\w-]{10}|\bAIza[\w-]{35}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|\bbearer [\w.-]{20,}"
    r"|\bsk[-_](?:live|test|proj|ant)[-_]\w{10,}|://[^\s/:@]+:[^\s/:@]+@[\w.-]+"
    r"|\b(?:password|passwd|api[_-]?key|secret|access[_-]?token)\b['\"]?\s*[:=]\s*['\"]?(?=\S{0,40}\d)[^\s'\"<{]{8}",
    re.IGNORECASE,
)
"""Keys and passwords, as the services that hand them out mark them."""
_SECRET_WORDS = (
    *("private key", "akia", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat", "glpat", "xox", "aiza"),
    *("passw", "api_key", "api-key", "apikey", "secret", "access_token", "access-token", "accesstoken"),
    *("eyj", "bearer ", "sk_", "sk-", "://"),
)
"""One of these is in each of them, which is quick to find out."""
_MAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_INVENTED = re.compile(r"@(?:.*\.)?(?:example(?:\.\w+)?|invalid|test|localhost)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d./ -]{4,20}\d")
_LEADS_TO_PATIENT = re.compile(
    r"\b(?:nhs|patient|hospital|mrn|chi|medical record|insurance|social security)\b"
    r"(?: (?:no|number|id|record)\b)?[.:#]*\s*[a-z]{0,3}$"
    r"|\b(?:date of birth|born|born on|dob|ssn)\b:?\s*$"
)
"""What stands before a number that a patient goes by."""
_BORN = re.compile(
    r"\b(?:born|date of birth|dob)\b:?(?: on)? (?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?"
    r"[A-Z][a-z]+,? (?:19|20)\d\d"
)
_HOME = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
    r"|\b\d{1,4} (?:[A-Z][a-z]+ ){1,2}(?:Street|Road|Avenue|Lane|Drive|Close|Crescent)\b"
)
"""A postcode, or a house in a street."""
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b")
_TABLE_OF_PEOPLE = re.compile(
    r".*\b(?:dob|date.of.birth|birthday|surname|patient|nhs.?number)\b", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![\d./-])(?:\+\d{1,3}[ -]?\d{2,4}[ -]?|\(?0\d{2,4}\)?[ -])\d{3}[ -]?\d{3,4}(?!\d|[./-]\d)"
)
"""A number that a person or an office is called by. The guide's own stand in its services."""
_GROUPED = re.compile(r"\d{3} \d{3} \d{4}")


def _text_of(file: Path) -> str:
    """What somebody wrote into a file; nothing of one that is too large, or of another kind."""
    if file.suffix not in _WRITTEN or file.is_symlink() or not file.is_file():
        return ""
    if file.stat().st_size > text_files.LARGEST:
        return ""
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError:
        return ""  # what cannot be read is named by whoever needs it


_INVALID = "If what it held was ever pushed, it is no longer secret: have it made invalid."


def nothing_is_private(guide: Guide, path: str, text: str) -> Iterator[Problem]:
    """No file may hold a key, a person's address or a patient's number."""
    own, small = guide.site_origin, text.lower()
    is_public = path == own.path or path.endswith("/services.yml")
    its_own = f"Delete it. The guide's own stands in {own.path}; numbers to call in data/services.yml."
    found: list[tuple[re.Match[str] | None, str, str]] = []
    if any(word in small for word in _SECRET_WORDS):
        found.append((_SECRET.search(text), "a key or a password", f"Delete it. {_INVALID}"))
    mails = filterfalse(
        lambda mail: _INVENTED.search(mail[0]) or mail[0] in own.document.text, _MAIL.finditer(text)
    )
    found.append((next(mails, None) if "@" in text else None, "a person's mail address", its_own))
    for pattern, what in ((_PHONE, "a person's phone number"), (_HOME, "where a person lives")):
        there = None if is_public else pattern.search(text)
        if there and there[0] not in own.document.text:
            found.append((there, what, its_own))
    if path != f"{DATA}/services.yml":
        found.append((_patient(path, text), "what leads to a patient", "Delete it: it must not go out."))
    for account in _ACCOUNT.finditer(text):
        if _is_account(account[0].replace(" ", "")):
            found.append((account, "the number of an account", "Delete it."))
    for there, what, tip in found:
        if there:  # what is found is not shown whole: messages are kept in logs
            shown = quoted(there[0][: max(4, len(there[0]) // 3)])
            message = f"a file must not hold {what}, but this begins one: {shown}"
            yield Problem(path, text.count("\n", 0, there.start()) + 1, message, tip, blocks=False)


def _patient(path: str, text: str) -> re.Match[str] | None:
    """The first number that a patient goes by; one in groups of 3, 3 and 4 only where its last digit fits."""
    if found := _BORN.search(text):
        return found
    if path.endswith(".csv") and (found := _TABLE_OF_PEOPLE.match(text)):
        return found
    for found in _NUMBER.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()].lower()
        if _LEADS_TO_PATIENT.search(before) or (_GROUPED.fullmatch(found[0]) and _last_digit_fits(found[0])):
            return found
    return None


def _is_account(number: str) -> bool:
    """Whether an IBAN's check digits fit: its letters are numbers from 10 on, and 97 leaves 1."""
    digits = "".join(str(int(letter, 36)) for letter in number[4:] + number[:4])
    return int(digits) % 97 == 1


def _last_digit_fits(number: str) -> bool:
    """Whether ten digits may be an NHS number: the last follows from the others."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    total = sum(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == digits[9]
