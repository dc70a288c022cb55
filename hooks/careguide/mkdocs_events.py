"""MkDocs: hands it the guide's pages, and nothing else.

MkDocs puts the hook's folder on the import path only while it loads it, so everything is imported at the top.
"""

import gc
import logging
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from careguide import pipeline, styling, templating
from careguide.exports import records, structured_data
from careguide.guide import drafts, loader
from careguide.guide.page_paths import MADE_OF_THINGS, topic_of
from careguide.hosting import headers, offline_copy, redirects
from careguide.mkdocs_files import add_pages, is_left_out
from careguide.mkdocs_menus import Edition, date, feedback, lead, without
from careguide.mkdocs_pages import KeptPages, pages_of
from careguide.mkdocs_preview import Built, Preview, Stamps, stamps
from careguide.mkdocs_publishing import Publishing
from careguide.pages import problem_page
from careguide.pages.footnotes import Footnotes
from careguide.pages.frame import frame, parts
from careguide.pages.safe_html import clean
from careguide.search import index
from careguide.source import clock, progress
from careguide.source.problems import Problem, WrongCallError, on_any_console, report

__all__ = [
    "on_build_error",
    "on_config",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_content",
    "on_post_build",
    "on_pre_build",
    "on_serve",
    "on_shutdown",
    "on_startup",
]
log = logging.getLogger("mkdocs.hooks.careguide")


class _Run:
    """One run of the engine."""

    serving = False
    """Whether a writer looks at changes: then no sheet is printed anew, or has this machine's address."""
    publishing: Publishing | None = None
    wrong = ""
    """What stopped the last build that was stopped: the engine itself says only that it was."""
    made: pipeline.Site
    """The guide, before the engine builds of it."""
    drafts: AbstractSet[tuple[str, str]]
    """What is shown although somebody is still writing it, by kind and id."""
    files: Mapping[str, bytes | str]
    """What goes onto the site as it is, by path."""
    nav: Navigation
    stamps: Stamps
    """What is built from, as it was at the start."""
    built: Built | None = None
    """What was built last, if all went well."""
    preview: Preview | None = None
    kept: KeptPages
    """What became of pages in builds before."""


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember what the engine was asked for: it tells only here."""
    on_any_console()
    if dirty:
        reason = "It would leave old pages beside new ones. What has not changed is kept without it."
        raise Abort(f"--dirty must be left out. {reason}")
    _Run.serving = command == "serve"
    # Most of what a build makes is used until its end. Looking for what is no longer used took a twentieth.
    gc.set_threshold(100_000, 20, 20)


def on_shutdown() -> None:
    """Delete what was begun and may not be published."""
    if _Run.preview:
        _Run.preview.close()
        _Run.preview = None
    if _Run.publishing:
        _Run.publishing.drop()
        _Run.publishing = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The theme's base comes after the site's own folder and before Material.

    What marks the site comes from the guide's own file, so that no second place need say it.
    The list of sections has to know the emergency card, which is a heading of the third level. Without a
    repository there is nothing to edit: the edit links are left out rather than wrong.
    """
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(styling.BASE))
    site = loader.site_of(Path(config.config_file_path).parent)
    config.site_name, config.site_description = site.name, site.home.description
    config.copyright = site.licence
    config.theme["language"], config.theme["direction"] = site.locale.base, site.locale.direction
    config.mdx_configs["toc"] = {**config.mdx_configs.get("toc", {}), "toc_depth": 3}
    if not config.repo_url:
        config.edit_uri = None
    if not _Run.serving:  # that builds for itself, in a folder that is its own
        on_shutdown()
        _Run.publishing = Publishing(config)
    return config


@event_priority(-100)  # after every other: some write files only now
def on_post_build(config: MkDocsConfig) -> None:
    """Publish the site."""
    if _Run.publishing and _Run.publishing.finish(config, _Run.made.editions):
        _Run.publishing = None


def on_build_error(error: Exception) -> None:
    """A full disk, or a file that may not be read or written, is told in a sentence."""
    _Run.wrong = str(error)
    if isinstance(error, OSError):
        place = f": {error.filename}" if error.filename else ""
        raise Abort(f"The site was not built: {error.strerror or error}{place}") from None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Let the browser say what the terminal says where a change cannot be built, until it is mended.

    The engine would let it wait. Every page that was there shows the problems, so that each loads anew. What
    can be shown at once, before the whole site is built, is.
    """

    def build_or_tell() -> None:
        _Run.wrong = ""
        try:
            builder()
        except (MkDocsException, SystemExit) as error:
            log.error(str(error))  # noqa: TRY400 - what a writer mends needs no traceback
            shown = problem_page.html(_Run.wrong or str(error))
            for page in Path(server.root).rglob("*.html"):
                page.write_text(shown, encoding="utf-8")
            _Run.built = None

    _Run.preview = Preview(server, build_or_tell, lambda: _Run.built)
    server.builder = _Run.preview.build
    return server


def on_pre_build(config: MkDocsConfig) -> None:
    """Make the guide; stop the build, with every problem in one message, if anything is wrong.

    This is done before the engine looks at a file, because it follows links, also in circles.
    """
    root = Path(config.config_file_path).parent
    _Run.built = None
    _Run.stamps = stamps(config) if _Run.serving else {}
    site_url = config.site_url or ""
    if site_url.startswith(f"http://{config.dev_addr}/"):  # it is shown on this machine
        site_url = ""
    try:
        today = clock.today()
    except WrongCallError as error:
        raise Abort(str(error)) from None
    told = progress.on_terminal()
    with_drafts = bool(config.extra.get("drafts"))
    site = pipeline.build(
        root, today=today, with_drafts=with_drafts, site_url=site_url, begin_files=True, progress=told
    )
    pdfs: Mapping[str, bytes] = {}
    misfits: list[Problem] = []
    if not site.blocked:
        pdfs, misfits = pipeline.pdfs(site, root, only_kept=_Run.serving, progress=told)
    if site.blocked or misfits:
        raise PluginError(f"The guide has problems:\n{report([*site.problems, *misfits])}")
    _Run.drafts = drafts.drafts(site.guide)
    for notice in site.problems:
        log.info(str(notice))
    # A card is named by its full address, so without the site's address there is none; nor from a disk.
    cards = pipeline.cards(site, root, told) if site_url and not config.extra.get("offline") else {}
    _Run.made = site
    _Run.files = {f"handouts/{path}": pdf for path, pdf in pdfs.items()} | site.web_sheets | cards
    _Run.files |= site.make_exports() | redirects.pages(site.moved, site.editions)
    editions: dict[str, Edition] = {}
    for language, guide in site.editions.items():
        found = index.index(guide, site.pages_in(language))
        editions[language] = Edition(guide, frame(guide), Footnotes(guide), found)
    config.extra |= {
        "cards": bool(cards),
        "referrer": headers.REFERRER,
        "worker": offline_copy.SCRIPT if _is_for_readers(config) else "",
        "policy": "" if _Run.serving else headers.IN_PAGES,  # the script that follows changes stands in pages
        "cited": {page.path: page.cited for page in site.pages},
        "editions": editions,
        "feedback": feedback(site, config),
    }


def _is_for_readers(config: MkDocsConfig) -> bool:
    """Whether browsers shall keep a copy of the site: it is built whole, for a host, and nobody said no."""
    for_a_host = _Run.publishing is not None and not config.extra.get("offline")
    return for_a_host and config.extra.get("offline_copy") is not False


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give MkDocs every page and file."""
    pages = _Run.made.pages
    paths = {page.path for page in pages}
    for file in list(files):
        if is_left_out(file, paths, config):
            files.remove(file)
    add_pages(pages, files, config)
    missing = MADE_OF_THINGS.difference(paths)
    config.nav = without(config.nav, missing)
    config.extra["footer"] = without(config.extra.get("footer"), missing)
    for path, content in _Run.files.items():
        # Said to be published, because the engine leaves out what starts with a dot: .well-known.
        file = File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)
        files.append(file)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Remember the sections. Pages that the menu does not name are taken as they were rendered before."""
    _Run.nav = nav
    _Run.kept = pages_of(nav, config, files)
    return nav


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Make the files of the look: every page is HTML by now, so what each kind needs is known."""
    templating.add_folder(env, styling.THEME)
    _Run.kept.forget_others()
    editions: dict[str, Edition] = config.extra["editions"]
    date(files.documentation_pages(), editions[""].guide)
    html: dict[str, list[str]] = {"": []}
    for file in files.documentation_pages():
        if file.page:
            kind = file.page.meta.get("kind", "")
            html.setdefault(kind, []).append(file.page.content or "")
    addresses = {file.src_uri: file.url for file in files.documentation_pages()}
    own = config.theme.custom_dir
    look = styling.Look(Path(own) if own else None, editions[""].guide.site.colours.given())
    for language, edition in editions.items():
        name = f"search-{language}.js" if language else "search.js"
        edition.search = look.add(name, index.script(edition.index, addresses.__getitem__))
        lead(edition, _Run.nav, files)
    config.extra["look"] = look.of_pages(html)
    if config.extra["worker"]:
        env.filters["version"] = offline_copy.version
        config.extra["look"]["offline_copy"] = look.script("offline_copy")
    for path, content in look.files.items():
        files.append(File.generated(config, path, content=content))
    _Run.built = Built(config, files, _Run.nav, env, _Run.made, _Run.stamps)
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let nothing unsafe out; give paper the addresses that a press gives the screen, the theme its parts."""
    edition: Edition = config.extra["editions"][page.meta.get("language", "")]
    marked = edition.footnotes.add(clean(html), page.canonical_url or "")
    page.meta["parts"] = parts(marked)
    page.meta["draft"] = topic_of(page.file.src_uri) in _Run.drafts
    page.meta["record"] = records.file_of_page(edition.guide, page.meta.get("original", page.file.src_uri))
    if page.canonical_url:  # it names pages by their full addresses, so without the site's there is none
        page.meta["structured_data"] = _structured_data(page, page.canonical_url, config)
    return marked


def _structured_data(page: Page, url: str, config: MkDocsConfig) -> str:
    """What a page says of itself to machines."""
    meta = page.meta
    edition: Edition = config.extra["editions"][meta.get("language", "")]
    shown = structured_data.Shown(
        path=meta.get("original", page.file.src_uri),
        url=url,
        title=edition.guide.site.name if meta.get("kind") == "home" else str(page.title),
        description=meta.get("description", ""),
        kind=meta.get("kind", ""),
        breadcrumbs=meta.get("breadcrumbs", ()),
        cited=config.extra["cited"].get(page.file.src_uri, ()),
    )
    return structured_data.script(edition.guide, shown, config.site_url or "")
