"""A page that was rendered before is not rendered again, unless something that it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown
import mkdocs.structure.pages
import pytest
from careguide.mkdocs_pages import KeptPage, KeptPages, pages_of
from careguide.source import digests, parallel
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

TEXTS = {
    "a.md": "# Dry air\n\n[Heavy](b.md#heavy) bleeding\n\n## What helps\n\n### At night\n\n## More\n",
    "b.md": "# Signs\n\n## Heavy\n\n![The nose](nose.svg)\n",
}
Render = Callable[..., dict[str, Page]]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that the engine has rendered itself."""
    paths: list[str] = []
    real = Page.render

    def render(page: Page, config: MkDocsConfig, files: Files) -> None:
        paths.append(page.file.src_uri)
        real(page, config, files)

    monkeypatch.setattr(mkdocs.structure.pages.Page, "render", render)
    return paths


@pytest.fixture
def render(tmp_path: Path, rendered: list[str]) -> Render:
    """Renders all pages of a build, each build as if it were another run."""

    def render(texts: dict[str, str] = TEXTS, more: str = "", **settings: Any) -> dict[str, Page]:
        rendered.clear()
        digests.code_digest.cache_clear()
        config = MkDocsConfig()
        config.load_dict({"site_name": "Nosebleed", "docs_dir": str(tmp_path), **settings})
        assert ([], []) == config.validate()
        config.plugins._current_plugin = "careguide"  # the engine says it itself while it asks a hook
        paths = [*texts, "nose.svg", *filter(None, [more])]
        files = Files([File.generated(config, path, content=texts.get(path, "")) for path in paths])
        kept = KeptPages(tmp_path, config, files)
        for file in files.documentation_pages():
            page = KeptPage(None, file, config)
            page.kept, page.markdown = kept, file.content_string
            page.render(config, files)
        kept.forget_others()
        return {file.src_uri: file.page for file in files if file.page}

    return render


def shown(pages: dict[str, Page]) -> list[Any]:
    """All that the theme and the engine read of pages."""
    found = []
    for path, page in pages.items():
        links = {file.src_uri: each for file, each in (page.links_to_anchors or {}).items()}
        active = [getattr(item, "active", False) for item in page.toc]
        found.append((path, page.content, str(page.toc), active, page.title, page.present_anchor_ids, links))
    return found


def test_a_second_build_renders_nothing_and_shows_the_same(render: Render, rendered: list[str]) -> None:
    """The words, the list of sections, and the links that are checked at the end."""
    first = render()
    assert ["a.md", "b.md"] == rendered
    assert "What helps" in str(first["a.md"].toc)
    assert first["a.md"].links_to_anchors

    second = render()
    assert [] == rendered
    assert shown(first) == shown(second)


def test_only_the_page_that_has_changed_is_rendered(render: Render, rendered: list[str]) -> None:
    """One word, and the word is there."""
    render()
    pages = render(TEXTS | {"a.md": TEXTS["a.md"].replace("Dry", "Very dry")})

    assert ["a.md"] == rendered
    assert "Very dry air" in str(pages["a.md"].content)


@pytest.mark.parametrize(
    "settings",
    [
        {"more": "c.md"},
        {"use_directory_urls": False},
        {"markdown_extensions": ["attr_list"]},
        {"markdown_extensions": [{"toc": {"permalink": True}}]},
        {"validation": {"links": {"not_found": "ignore"}}},
    ],
    ids=["a page to link to", "addresses", "extensions", "an extension's settings", "what is warned of"],
)
def test_settings_and_other_pages_are_a_change(
    render: Render, rendered: list[str], settings: dict[str, Any]
) -> None:
    """Whatever can make the engine write a page otherwise."""
    render()
    render(**settings)

    assert {"a.md", "b.md"} <= {*rendered}


@pytest.mark.parametrize("library", ["mkdocs", "markdown"])
def test_another_library_is_a_change(
    render: Render, rendered: list[str], monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    """And so is other code of our own."""
    render()
    version = digests.version
    monkeypatch.setattr(digests, "version", lambda name: version(name) + "1" * (name == library))
    render()

    assert ["a.md", "b.md"] == rendered


def test_other_code_is_a_change(render: Render, rendered: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Here, or in a module that is imported here."""
    render()
    source = digests._source
    monkeypatch.setattr(
        digests, "_source", lambda name: source(name) + b"\n#" * (name == "careguide.source.cache")
    )
    render()

    assert ["a.md", "b.md"] == rendered


def test_an_extension_that_is_not_known_keeps_nothing(
    render: Render, rendered: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can say what it depends on."""
    code = "from markdown.extensions.tables import makeExtension\n"
    (tmp_path / "own_extension.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for _ in range(2):
        render(markdown_extensions=["own_extension"])
        assert ["a.md", "b.md"] == rendered


def test_a_warning_is_given_in_every_build(
    render: Render, rendered: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A strict build must not pass the second time."""
    for _ in range(2):
        caplog.clear()
        render(TEXTS | {"b.md": "[Lost](lost.md)"})
        assert "b.md" in rendered
        assert "lost.md" in caplog.text


def test_a_copy_of_the_program_renders_from_the_last_page_on(
    tmp_path: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What it has made is not rendered again; what it was warned of is, so that the warning is seen once."""
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)  # whatever runs the tests has more
    config = MkDocsConfig()
    config.load_dict({"site_name": "Nosebleed", "docs_dir": str(tmp_path)})
    assert ([], []) == config.validate()
    config.config_file_path = str(tmp_path / "mkdocs.yml")
    config.plugins._current_plugin = "careguide"
    texts = TEXTS | {"nose.svg": "", "c.md": "# More\n\n[Lost](lost.md)\n"}
    files = Files([File.generated(config, path, content=text) for path, text in texts.items()])
    kept = pages_of(Navigation([], []), config, files)
    kept.forget_others()  # which waits for the copy
    capfd.readouterr()
    for file in files.documentation_pages():
        assert file.page
        file.page.read_source(config)
        file.page.render(config, files)

    assert ["c.md"] == rendered
    assert "What helps" in str(files.get_file_from_path("a.md").page.toc)


def test_texts_become_what_python_markdown_makes_of_them(render: Render) -> None:
    """Those with a mark of Markdown in them, and those without, one in another."""
    lines = [
        "# Dry *air*\n",
        r"Plain, **strong**, `co<de`, a \*star\*, [a link](https://a.example 'A & B'), ![nose](https://a.example),",
        "[x][1] <https://a.example> <a@b.example> and R&amp;D, a break  ",
        "and *a [link **in** it](#x) too*\n",
        "- one\n- __two__\n- _three_\n- [1]\n- R&amp;D\n- &lt;six\n- `7`\n- a \\- 8\n- <b>9</b>\n",
        "- new  \n  line\n",
        "| a | `b|c` |\n| - | ----- |\n| _d_ | e |\n",
        "[1]: https://one.example\n",
        "<div markdown>\n### In a block { #in }\n\nWords alone. <i>Not</i> alone.\n</div>\n",
    ]
    text = "\n".join(lines)
    extensions = ["attr_list", "md_in_html", "tables", "toc"]
    page = render({"a.md": text}, markdown_extensions=extensions)["a.md"]

    assert page.content == markdown.markdown(text, extensions=extensions)
    assert page.present_anchor_ids == {"dry-air", "in"}
