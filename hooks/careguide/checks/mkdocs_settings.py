"""The site's settings, `mkdocs.yml`, as far as somebody can break them by hand. They are read as data; the engine is not asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from careguide.source import text_files, yaml_reader
from careguide.source.locations import Loc
from careguide.source.problems import Problem, Wrong, closest, nearest, one_of, problems_at, quoted

FILE = "mkdocs.yml"
_HOOK = "hooks/mkdocs_hooks.py"
_EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
"""What turns our pages' Markdown into HTML."""
_NAMES = (
    *(
        "site_name",
        "site_url",
        "site_description",
        "site_author",
        "copyright",
        "repo_url",
        "repo_name",
        "edit_uri",
        "edit_uri_template",
    ),
    *(
        "docs_dir",
        "site_dir",
        "nav",
        "not_in_nav",
        "exclude_docs",
        "draft_docs",
        "theme",
        "plugins",
        "hooks",
        "watch",
        "markdown_extensions",
    ),
    *(
        "extra",
        "extra_css",
        "extra_javascript",
        "extra_templates",
        "strict",
        "validation",
        "use_directory_urls",
        "dev_addr",
        "remote_branch",
        "remote_name",
    ),
    *("INHERIT",),
)


def check(root: Path, pages: Collection[str]) -> list[Problem]:
    """Everything that would stop the site from being built, or build it wrongly. `pages` are the paths there will be."""
    if not (root / FILE).is_file():
        return []
    text, problems = text_files.read(root, FILE)
    document, more = yaml_reader.parse(FILE, text)
    problems += [each for each in more if not each.message.endswith("but has '!ENV'")]
    if not isinstance(document.value, dict):
        return problems or [
            Problem(FILE, 1, "the file must be lines of 'name: value'", "Take it from the project's history.")
        ]
    if "INHERIT" in document.value:
        return problems
    for wrong in (
        names_exist(document.value),
        navigation_leads_to_pages(document.value, pages),
        parts_are_there(document.value, root),
        builds_are_strict(document.value),
    ):
        problems += problems_at(document, (), wrong)
    return problems


def ask_words(root: Path, words: Mapping[str, Any]) -> None:
    """Ask for every word that the theme's templates show. `words` should be `Words`, so that one that is missing is noted."""
    templates = (
        file.read_text(encoding="utf-8", errors="replace")
        for folder in (_THEME, root / _OWN)
        for file in sorted(folder.rglob("*.html"))
    )
    codes = (_QUOTED.sub("", code) for template in templates for code in _CODE.findall(template))
    for name in (name for code in codes for name in _WORD.findall(code)):
        reduce(getitem, name.removesuffix(".format").split("."), words)


_THEME = Path(__file__).parents[1] / "theme"
_OWN = "overrides"
_CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WORD = re.compile(r"(?<![\w.])(?:words\.|(?=site\.))(\w+(?:\.\w+)*)")
"""A word in a template: `words.look.next`, or `site.print`, which is `words.site.print`."""


def names_exist(settings: dict[str, Any]) -> Wrong:
    """A setting's name must be one that the engine knows; the site must have a name."""
    for name in settings:
        if name not in _NAMES:
            yield (
                (name,),
                "must be a setting that exists",
                nearest(name, _NAMES) or f"The settings are {one_of(_NAMES, last='and')}.",
            )
    if not settings.get("site_name") and "site_name" not in [
        closest(name, _NAMES) for name in settings if name not in _NAMES
    ]:
        yield (), "site_name must be given", "Add a line 'site_name: …'."


def navigation_leads_to_pages(settings: dict[str, Any], pages: Collection[str]) -> Wrong:
    """Each entry of the navigation must lead to a page there is."""
    for loc, target in _targets(settings.get("nav") or [], ("nav",)):
        if not isinstance(target, str):
            yield loc, "must lead to a page", "Write it as '- Causes: causes/index.md'."
        elif not target.startswith("https://") and target not in pages:
            yield (
                loc,
                f"must lead to a page that exists, not {quoted(target)}",
                nearest(target, pages) or "Write its path inside content/, such as 'about.md'.",
            )


def _targets(value: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    """Every target in the navigation."""
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    )
    if inner is None:
        yield loc, value
    for key, each in inner or ():
        yield from _targets(each, (*loc, key))


def parts_are_there(settings: dict[str, Any], root: Path) -> Wrong:
    """The hook that makes the pages, the Markdown they are written in, and every folder that is named must be there."""
    hooks = _list(settings.get("hooks"))
    if _HOOK not in hooks and all((root / str(each)).is_file() for each in hooks):
        yield ("hooks",), f"must have {quoted(_HOOK)}", f"Add '- {_HOOK}': without it no page is made."
    theme = settings.get("theme")
    named = [(("hooks", place), path) for place, path in enumerate(hooks)] + [
        (("watch", place), path) for place, path in enumerate(_list(settings.get("watch")))
    ]
    named += [
        (("docs_dir",), settings.get("docs_dir", "docs")),
        (("theme", "custom_dir"), theme.get("custom_dir") if isinstance(theme, dict) else ""),
    ]
    for loc, path in named:
        if not isinstance(path, str) or not path or not (root / path).exists():
            tip = nearest(
                str(path),
                [each.relative_to(root).as_posix() for each in [*root.glob("*"), *root.glob("hooks/*.py")]],
            )
            yield (
                loc,
                f"must be a file or folder that exists, not {quoted(path or '')}",
                tip or "Write its path from the project's folder.",
            )
    written = [
        name
        for each in _list(settings.get("markdown_extensions"))
        for name in (each if isinstance(each, dict) else [each])
    ]
    for name in _EXTENSIONS:
        if name not in written:
            yield (
                ("markdown_extensions",),
                f"must have {quoted(name)}",
                "Add it: the pages are written in it.",
            )


def builds_are_strict(settings: dict[str, Any]) -> Wrong:
    """A warning must stop the build."""
    if settings.get("strict") != "true":
        yield (
            ("strict",),
            f"must be true, not {quoted(settings.get('strict') or '')}",
            "A link that leads nowhere would go out unseen.",
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
