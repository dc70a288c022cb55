"""What our theme replaces of Material's.

A replaced file says which version it was made for, and the first letters of the original's checksum.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import material
from sites import ROOT

THEME = ROOT / "hooks" / "careguide" / "theme"
MATERIAL = Path(material.__file__).parent / "templates"
SAYS = re.compile(
    r"\{#- Replaces (?P<name>\S+) of Material (?P<version>[\d.]+) "
    r"\((?P<checksum>[0-9a-f]{8})\)[,:] (?P<why>\S.+)"
)
REPLACED = sorted(
    file.relative_to(THEME).as_posix()
    for file in THEME.rglob("*.html")
    if file.read_text(encoding="utf-8").startswith("{#- Replaces")
)


def test_what_stands_in_materials_place_says_so() -> None:
    """A template of the same name is used instead of Material's."""
    base = THEME / "base"
    names = {file.relative_to(base).as_posix() for file in base.rglob("*.html")}
    there = {f"base/{name}" for name in names if (MATERIAL / name).is_file()}

    assert {"base/base.html", "components/header/header.html"} <= set(REPLACED)
    assert there <= set(REPLACED)


def test_a_replaced_file_fails_when_its_original_changes() -> None:
    """A new Material may mend or add what our file leaves out.

    Somebody must look, then write the new version and checksum into our file.
    """
    assert REPLACED
    for name in REPLACED:
        said = SAYS.match((THEME / name).read_text(encoding="utf-8"))
        assert said, f"{name} must start with '{{#- Replaces NAME of Material VERSION (CHECKSUM): WHY'"
        original = (MATERIAL / said["name"]).read_bytes()
        assert said["checksum"] == hashlib.sha256(original).hexdigest()[:8], (
            f"Material's {said['name']} has changed since {said['version']}"
        )


TOO_NEW = re.compile(
    r":has\(.*?[\"'`]"
    r"|\.(?:at|with|findLast|findLastIndex|toSorted|toReversed|toSpliced|groupBy|isWellFormed)\("
    r"|\(\?<[=!]|\b(?:structuredClone|hasOwn|withResolvers|fromAsync)\(|\bimport\.meta|\bstatic \{"
    r"|/[a-z]*v[;,)]|\.submitter\b|\b(?:requestIdleCallback|requestSubmit|canParse|checkVisibility)\("
    r"|\bAbortSignal\.|\bIntl\.Segmenter\b"
)
"""What Firefox 115 or Safari 15 do not know, as scripts would have it."""
SCRIPTS = sorted(
    file
    for folder in ("theme", "search", "handouts", "exports")
    for file in (THEME.parent / folder).rglob("*.js")
)


def test_scripts_keep_to_what_old_browsers_know() -> None:
    """One word that a browser does not know can stop all of a script."""
    assert SCRIPTS
    for script in SCRIPTS:
        assert [] == [found[0] for found in TOO_NEW.finditer(script.read_text(encoding="utf-8"))], script


def test_what_is_too_new_would_be_found() -> None:
    """Each of these stopped a browser that people still have."""
    for code in (
        'all(".a:has(b)")',
        "list.at(-1)",
        "x.findLastIndex(f)",
        "/(?<=a)b/",
        "structuredClone(x)",
        "event.submitter",
    ):
        assert TOO_NEW.search(code), code


NEW_STYLE = re.compile(
    r"@(?:layer|scope|property|starting-style)\b|@media[^{]*[<>]|\b(?:color-mix|light-dark|oklch|oklab|lab|lch)\("
    r"|\d(?:d|s|l)v[hw]\b|\bsubgrid\b|\n\s*&|\b(?:anchor-name|field-sizing|position-area):|:(?:open|user-valid)\b"
)
"""What Firefox 115 or Safari 15 do not know of styles, where a page would fall apart without it."""
NEW_SELECTOR = re.compile(r":has\(|::details-content|:popover-open|:modal|:focus-visible(?![^()]*\))")
"""What they do not know of selectors; in an `:is()`, what is not known is passed over."""
STYLES = sorted(
    file for folder in ("theme", "handouts", "exports") for file in (THEME.parent / folder).rglob("*.css")
)


def test_styles_keep_to_what_old_browsers_know() -> None:
    """A list of selectors is lost as a whole if one is too new: those stand apart."""
    assert STYLES
    for style in STYLES:
        text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert [] == [found[0] for found in NEW_STYLE.finditer(text)], style

        mixed = []
        for selectors in re.findall(r"(?:^|[{}])([^{};@]+)\{", text):
            each = [part for part in re.split(r",(?![^(]*\))", selectors) if part.strip()]
            if 0 < sum(bool(NEW_SELECTOR.search(part)) for part in each) < len(each):
                mixed.append(selectors.strip())
        assert [] == mixed, style


def test_a_style_that_is_too_new_would_be_found() -> None:
    """Each of these leaves an old browser without the rule."""
    for style in (
        "@media (width >= 40rem) {",
        "a { color: light-dark(red, blue) }",
        "a {\n  &:hover {",
        "9dvh",
    ):
        assert NEW_STYLE.search(style), style


def test_no_page_waits_for_a_script() -> None:
    """A script that is slow to come must not hold back the page."""
    scripts = re.findall(
        r"<script\b[^>]*\bsrc[^>]*>", (THEME / "base" / "base.html").read_text(encoding="utf-8")
    )

    assert len(scripts) > 1
    assert [] == [script for script in scripts if "defer" not in script or "blocking" in script]
