"""The site's settings, `mkdocs.yml`, and the templates of its own theme."""

from __future__ import annotations

from pathlib import Path

import pytest
import sites
from conftest import Project, problems

SETTINGS = """\
site_name: Nosebleed guide
strict: true
docs_dir: content
hooks:
  - hooks/mkdocs_hooks.py
watch: [data]
theme:
  name: material
  custom_dir: overrides
nav:
  - Home: index.md
  - More:
      - About: about.md
      - Elsewhere: https://health.example/
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc:
      toc_depth: 2
"""
HOOK = {"hooks/mkdocs_hooks.py": "", "hooks/other.py": ""}


def test_right_settings_are_no_problem(project: Project) -> None:
    """Whatever the tests below find, they brought in themselves."""
    assert "" == problems(project(HOOK, {"mkdocs.yml": SETTINGS}))


def test_a_setting_that_stops_the_build_is_named(project: Project) -> None:
    """With its line, and what was meant where that can be known."""
    for old, new, message, tip in (
        ("site_name", "site_nam", "1: site_name must be given", "Write it for 'site_nam'."),
        ("nav:", "navi:", "10: navi must be a setting that MkDocs knows", "Did you mean 'nav'?"),
        ("site_name: Nosebleed guide\n", "", "1: site_name must be given", "Add a line 'site_name: …'."),
        (
            "strict: true",
            "strict: false",
            "2: strict must be true, not 'false'",
            "A link that leads nowhere would go out unseen.",
        ),
        (
            "strict: true",
            "strict: true\nuse_directory_urls: false",
            "3: use_directory_urls must be true: pages, sheets and search link to folders",
            "Delete it.",
        ),
        (
            "docs_dir: content",
            "docs_dir: contents",
            "3: docs_dir must be a file or folder that exists, not 'contents'",
            "Did you mean 'content'?",
        ),
        (
            "mkdocs_hooks.py",
            "other.py",
            "4: hooks must have 'hooks/mkdocs_hooks.py'",
            "Add '- hooks/mkdocs_hooks.py': without it no page is made.",
        ),
        (
            "mkdocs_hooks.py",
            "mkdoc_hooks.py",
            "5: hooks[1] must be a file or folder that exists, not 'hooks/mkdoc_hooks.py'",
            "Did you mean 'hooks/mkdocs_hooks.py'?",
        ),
        (
            "[data]",
            "[dat]",
            "6: watch[1] must be a file or folder that exists, not 'dat'",
            "Did you mean 'data'?",
        ),
        (
            "custom_dir: overrides",
            "custom_dir:",
            "9: theme.custom_dir must be a file or folder that exists, not ''",
            "Write its path from the project's folder.",
        ),
        (
            "about.md",
            "abuot.md",
            "13: nav[2].More[1].About must lead to a page that exists, not 'abuot.md'",
            "Did you mean 'about.md'?",
        ),
        (
            "  - tables\n",
            "",
            "15: markdown_extensions must have 'tables'",
            "Add it: the pages are written in it.",
        ),
    ):
        assert SETTINGS.count(old) == 1
        root = project(HOOK, {"mkdocs.yml": SETTINGS.replace(old, new)})

        assert f"mkdocs.yml:{message}\n  Tip: {tip}" == problems(root), old


def test_a_template_that_cannot_be_read_is_named(project: Project) -> None:
    """The engine would stop with a traceback that names the page it was making."""
    for template, line, what in (
        ("{% block a %}\n{{ x }\n{% endblock %}", 2, "unexpected '}'"),
        ("<p>\n{% if a %}\n</p>\n", 2, "Unexpected end of template."),
        ("{% wrong %}", 1, "Encountered unknown tag 'wrong'"),
    ):
        root = project({"overrides/main.html": template})
        found = problems(root)

        assert found.startswith(
            f"overrides/main.html:{line}: a template must be one that can be read, but: {what}"
        ), template
        assert found.endswith(
            "\n  Tip: Compare it with the template of the same name in hooks/careguide/theme/base/."
        ), template


def test_a_template_of_the_engines_own_kind_is_read(project: Project) -> None:
    """Translations and inheritance are what themes are made of."""
    template = '{% extends "base.html" %}{% block site_name %}{% trans %}Home{% endtrans %}{% endblock %}'

    assert "" == problems(project({"overrides/main.html": template}))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (
            "strict: true",
            "strict: true\nno_such_setting: 1",
            "Unrecognised configuration name: no_such_setting",
        ),
        ("  - tables", "  - tables\n  - no_such_extension", "Failed to load extension 'no_such_extension'"),
        ("plugins: []", "plugins: [serch]", 'The "serch" plugin is not installed'),
    ],
)
def test_what_only_the_engine_can_know_it_names_itself(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    """A name that is not the engine's stops the strict build, which says which one."""
    root = sites.copy_example(tmp_path)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert settings.count(f"{old}\n") == 1
    (root / "mkdocs.yml").write_text(settings.replace(old, new), encoding="utf-8")
    done = sites.build(root, tmp_path / "site")

    assert done.returncode
    assert named in done.stderr
