"""The site's settings, `mkdocs.yml`, as far as somebody can break them by hand.

They are read as data, and no engine is asked: where it would stop in its own words, or with a traceback, this
says first what is wrong.
"""

import os
import re
from collections.abc import Collection, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from careguide import templating
from careguide.guide.page_paths import MADE_OF_THINGS
from careguide.model.site import FILE as SITE
from careguide.model.site import UNNAMED, Site
from careguide.source import text_files, yaml_reader
from careguide.source.locations import Loc
from careguide.source.problems import Problem, Wrong, closest, named, nearest, problems_at, quoted
from careguide.source.yaml_reader import Document

FILE = "mkdocs.yml"
_HOOK = "hooks/mkdocs_hooks.py"
_OWN_THEME = "overrides"
_EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
"""What turns our pages' Markdown into HTML."""
_ALWAYS = ("fenced_code", "tables", "toc")
"""What MkDocs uses even where it is not named."""


def check(root: Path, pages: Collection[str], site: Site) -> list[Problem]:
    """Everything that would stop the site from being built, or build it wrongly.

    `pages` are the paths there will be. A file that takes its settings from another one is not looked into.
    """
    document, problems = _settings(root)
    settings = document.value
    if isinstance(settings, dict):
        problems += problems_at(document, (), the_engine_starts(settings, root))
    if isinstance(settings, dict) and "INHERIT" not in settings:
        for wrong in (
            names_are_known(settings),
            the_site_has_a_name(settings),
            the_site_is_described_once(settings, site),
            navigation_leads_to_pages(settings, pages),
            the_hook_makes_the_pages(settings, root),
            files_are_there(settings, root),
            pages_are_written_in_extensions(settings),
            builds_are_strict(settings),
            addresses_are_safe(settings),
            pages_ask_nothing_of_others(settings),
        ):
            problems += problems_at(document, (), wrong)
    return [*problems, *named(templates_can_be_read(root))]


def unusable(root: Path) -> list[Problem]:
    """What the engine would stop at before it asks the guide for anything; nothing where all is well."""
    document, problems = _settings(root)
    if isinstance(document.value, dict):
        return list(problems_at(document, (), the_engine_starts(document.value, root)))
    return problems


def _settings(root: Path) -> tuple[Document, list[Problem]]:
    """The settings, and what is wrong where they are none. A guide for another engine has no file of them."""
    if not os.path.lexists(root / FILE):
        return Document(FILE), []
    text, problems = text_files.read(root, FILE)
    document, more = yaml_reader.parse(FILE, text)
    # `!ENV` is the engine's way to a variable.
    problems += (each for each in more if not each.message.endswith("but has '!ENV'"))
    if not isinstance(document.value, dict) and not problems:
        tip = "Take it from the project's history."
        problems.append(Problem(FILE, 1, "the file must be lines of 'name: value'", tip, rule="settings"))
    return document, problems


def templates_can_be_read(root: Path) -> Iterator[Problem]:
    """A template of the site's own theme must be one that the engine can read."""
    for file in sorted((root / _OWN_THEME).rglob("*.html")):
        if not file.is_file():
            continue
        path = file.relative_to(root).as_posix()
        text, problems = text_files.read(root, path)
        yield from problems
        if not problems and (wrong := templating.syntax_error(text)):
            line, what = wrong
            tip = "Compare it with the template of the same name in hooks/careguide/theme/base/."
            yield Problem(path, line, f"a template must be one that can be read, but: {what}", tip)


def own_files(root: Path) -> set[str]:
    """The styles and scripts of the site's own that its settings name, as paths in its pages' folder."""
    settings = _settings(root)[0].value
    return set(map(str, _list_at(settings, "extra_css") + _list_at(settings, "extra_javascript")))


def text(root: Path) -> str:
    """The settings as they are written; empty where there are none."""
    return text_files.read(root, FILE)[0] if (root / FILE).is_file() else ""


def extensions(root: Path) -> dict[str, dict[str, Any]]:
    """The Markdown extensions that the site's pages are built with, each with its options."""
    settings = _settings(root)[0].value
    return _with_options([*_EXTENSIONS, *_ALWAYS, *_list_at(settings, "markdown_extensions")])


def _at(settings: Any, *way: str) -> Any:
    """A setting inside others; None where there is none."""
    for name in way:
        settings = settings.get(name) if isinstance(settings, dict) else None
    return settings


def _list_at(settings: Any, *way: str) -> list[Any]:
    """The same of a list; empty where there is none."""
    found = _at(settings, *way)
    return found if isinstance(found, list) else []


_KNOWN = (
    "site_name site_url site_description site_author site_dir docs_dir repo_url repo_name edit_uri"
    " edit_uri_template nav not_in_nav exclude_docs draft_docs theme extra extra_css extra_javascript"
    " extra_templates copyright strict dev_addr use_directory_urls plugins hooks watch markdown_extensions"
    " validation remote_branch remote_name INHERIT"
)


def names_are_known(settings: dict[str, Any]) -> Wrong:
    """A setting that is almost one of MkDocs' must be that one: MkDocs passes over what it does not know."""
    for name in settings:
        meant = "" if name in _KNOWN.split() else closest(name, _KNOWN.split())
        if meant and meant not in ("site_name", "hooks", "markdown_extensions"):  # which are missed
            yield (name,), "must be a setting that MkDocs knows", f"Did you mean '{meant}'?"


def the_site_has_a_name(settings: dict[str, Any]) -> Wrong:
    """The site must have a name."""
    if not settings.get("site_name"):
        misspelt = closest("site_name", settings.keys() - {"site_name", "site_dir", "site_url"})
        tip = f"Write it for '{misspelt}'." if misspelt else "Add a line 'site_name: …'."
        yield (), "site_name must be given", tip


def the_site_is_described_once(settings: dict[str, Any], site: Site) -> Wrong:
    """What the guide says of itself in its own file must not be said otherwise here."""
    if site is UNNAMED:
        return  # a problem says so already
    for loc, said in (
        (("site_name",), site.name),
        (("site_description",), site.home.description),
        (("copyright",), site.licence),
        (("theme", "language"), site.locale.base),
        (("theme", "direction"), site.locale.direction),
    ):
        value = _at(settings, *loc)
        if value and value != said:
            tip = f"Write {quoted(said)}" + (", or delete the line." if loc != ("site_name",) else ".")
            yield loc, f"must be as in {SITE}, not {quoted(value)}", tip


def navigation_leads_to_pages(settings: dict[str, Any], pages: Collection[str]) -> Wrong:
    """Each entry of the navigation, and of the links at the foot of pages, must lead to a page there is.

    One that comes as soon as something stands on it, such as the list of causes, is left out until then.
    """
    for way in (("nav",), ("extra", "footer")):
        for loc, target in _targets(_at(settings, *way) or [], way):
            if not isinstance(target, str):
                yield loc, "must lead to a page", "Write it as '- Causes: causes/index.md'."
            elif not target.startswith("https://") and target not in MADE_OF_THINGS.union(pages):
                tip = nearest(target, pages) or "Write its path inside content/, such as 'about.md'."
                yield loc, f"must lead to a page that exists, not {quoted(target)}", tip


def _targets(value: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _targets(inner, (*loc, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _targets(inner, (*loc, place))
    else:
        yield loc, value


def the_hook_makes_the_pages(settings: dict[str, Any], root: Path) -> Wrong:
    """The hook that makes the pages must be among the hooks."""
    hooks = _list_at(settings, "hooks")
    # A hook that is not there is named by the next rule, with the name it may stand for.
    if _HOOK not in hooks and all((root / str(each)).is_file() for each in hooks):
        yield ("hooks",), f"must have {quoted(_HOOK)}", f"Add '- {_HOOK}': without it no page is made."


def files_are_there(settings: dict[str, Any], root: Path) -> Wrong:
    """Every file and folder that a setting names must be there."""
    named: dict[Loc, Any] = {("docs_dir",): settings.get("docs_dir", "docs")}
    for setting in ("hooks", "watch"):
        for place, path in enumerate(_list_at(settings, setting)):
            named[setting, place] = path
    theme = settings.get("theme")
    if isinstance(theme, dict) and "custom_dir" in theme:
        named["theme", "custom_dir"] = theme["custom_dir"]
    for loc, path in named.items():
        if not isinstance(path, str) or not path or not (root / path).exists():
            there = [*root.glob("*"), *root.glob("hooks/*.py")]
            tip = nearest(str(path), (each.relative_to(root).as_posix() for each in there))
            message = f"must be a file or folder that exists, not {quoted(path or '')}"
            yield loc, message, tip or "Write its path from the project's folder."


def pages_are_written_in_extensions(settings: dict[str, Any]) -> Wrong:
    """The Markdown that pages are written in must be switched on."""
    written = _with_options(_list_at(settings, "markdown_extensions"))
    for name in _EXTENSIONS:
        if name not in written:
            tip = "Add it: the pages are written in it."
            yield ("markdown_extensions",), f"must have {quoted(name)}", tip


def _with_options(entries: list[Any]) -> dict[str, dict[str, Any]]:
    """Extensions as they are listed, each with its options: `- tables`, or `- toc:` and options below."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        for name, options in entry.items() if isinstance(entry, dict) else [(str(entry), None)]:
            found[name] = options if isinstance(options, dict) else {}
    return found


def builds_are_strict(settings: dict[str, Any]) -> Wrong:
    """A warning must stop the build, and a link that leads nowhere must be one."""
    tip = "A link that leads nowhere would go out unseen."
    if (found := _at(settings, "validation", "links", "not_found")) in ("ignore", "info"):
        yield ("validation", "links", "not_found"), f"must be 'warn', not {quoted(found)}", tip
    if settings.get("use_directory_urls") == "false":
        yield ("use_directory_urls",), "must be true: pages, sheets and search link to folders", "Delete it."
    misspelt = "strict" not in settings and closest("strict", settings)
    if settings.get("strict") != "true" and not misspelt:
        message = f"must be true, not {quoted(settings.get('strict') or '')}"
        yield ("strict",), message, tip


_THEME = "material"
_KEPT = ("content", "data", "hooks", _OWN_THEME, ".")
"""Folders that hold what somebody wrote."""


def the_engine_starts(settings: dict[str, Any], root: Path) -> Wrong:
    """What the settings name must be installed, and what is built must have a folder of its own."""
    theme = settings.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if name != _THEME and "INHERIT" not in settings:
        loc: Loc = ("theme", "name") if isinstance(theme, dict) else ("theme",)
        yield loc, f"must be {quoted(_THEME)}, not {quoted(name or '')}", "The guide's templates stand on it."
    for setting, group in (("plugins", "mkdocs.plugins"), ("markdown_extensions", "markdown.extensions")):
        for place, entry in enumerate(_list_at(settings, setting)):
            name = next(iter(entry), "") if isinstance(entry, dict) else str(entry)
            if name in (*_EXTENSIONS, *_ALWAYS) or re.search(r"[.:/]", name):
                continue  # a module's own name is asked of the engine
            installed = metadata.entry_points(group=group).names
            if not {name, f"{_THEME}/{name}"} & set(installed):  # the theme's own go by their last name
                tip = nearest(name, installed) or "Install it, and add it to the requirements; or delete it."
                yield (setting, place), f"must be one that is installed, not {quoted(name)}", tip
    into = os.path.normpath(str(settings.get("site_dir") or "site"))
    if into.partition("/")[0] in (*_KEPT, "..") or (root / into) in (root, *root.parents):
        message = f"must be a folder of its own, not {quoted(settings.get('site_dir'))}"
        yield ("site_dir",), message, "Write 'site': all that stands in that folder is replaced."
    address = settings.get("dev_addr")
    if isinstance(address, str) and not re.fullmatch(r"[\w.\[\]:-]+:\d{1,5}", address):
        message = f"must be an address and a port, not {quoted(address)}"
        yield ("dev_addr",), message, "Write '127.0.0.1:8000'."


def addresses_are_safe(settings: dict[str, Any]) -> Wrong:
    """The addresses of the site and of its files must be whole, and lead to where pages are edited."""
    for setting in ("site_url", "repo_url"):
        value = settings.get(setting)
        if isinstance(value, str) and value and not re.match(r"https://[\w.-]+(?:[:/]|$)", value):
            owner = re.fullmatch(
                r"(?:git@|ssh://git@|http://|git://)?([\w.-]+\.\w+)[:/](.*?)(?:\.git)?", value
            )
            tip = f"Write 'https://{owner[1]}/{owner[2]}'." if owner else "Copy it from the browser."
            yield (setting,), f"must be an address that starts with https://, not {quoted(value)}", tip
    edited, folder = settings.get("edit_uri"), str(settings.get("docs_dir", "docs")).strip("/")
    if isinstance(edited, str) and edited and folder not in re.split(r"[/=?&]", edited):
        tip = f"Write 'edit/main/{folder}/': otherwise no page can be edited."
        yield ("edit_uri",), f"must lead to the folder {quoted(folder)}, not {quoted(edited)}", tip


def pages_ask_nothing_of_others(settings: dict[str, Any]) -> Wrong:
    """Styles and scripts must be the site's own, and no other site must be told who reads it."""
    for setting in ("extra_css", "extra_javascript"):
        for place, path in enumerate(_list_at(settings, setting)):
            if re.match(r"(?:\w+:)?//", str(path)):
                message = f"must be a file in content/, not {quoted(path)}"
                yield (setting, place), message, "Put the file there: pages load nothing from other sites."
    if _at(settings, "extra", "analytics"):
        yield ("extra", "analytics"), "must be left out", "Delete it: pages tell nobody who reads them."
    if (font := _at(settings, "theme", "font")) not in (None, "false"):
        tip = "Pages bring their own letters, and load none elsewhere."
        yield ("theme", "font"), f"must be false, not {quoted(font)}", tip
