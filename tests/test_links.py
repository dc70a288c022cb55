"""Links that somebody wrote, in hand-written pages and in texts."""

from __future__ import annotations

import inspect
import re
from itertools import count
from pathlib import Path

import careguide
import pytest
import sites
from careguide.checks import article_shape, links, mkdocs_settings, repeated, wording
from conftest import TODAY, Project, article, changed

SECURE, COPY = "Use the page's secure address.", "Copy it from the browser."
NUMBER = "Write it such as tel:116-123."
BY_ID = "Link by id where you can: [words](cause:id)."


_OTHERS = {
    name
    for module in (article_shape, repeated, wording)
    for name, _ in inspect.getmembers(module, inspect.isgeneratorfunction)
}
"""Rules of other modules, which have tests of their own."""


def problems(root: Path) -> str:
    """What is wrong with where links lead."""
    found = careguide.build(root, today=TODAY).problems
    return careguide.report(each for each in found if each.rule not in _OTHERS)


def test_a_link_that_leads_somewhere_is_no_problem(project: Project) -> None:
    """To a page, to a heading of it, to a heading of this page, or out over a safe line."""
    right = (
        "symptoms/nosebleed.md",
        "symptoms/nosebleed.md#help",  # a generated heading
        "symptoms/nosebleed.md#what-you-can-do",  # a written one
        "when-to-get-help.md#heavy",
        "glossary.md#nostril",
        "sources.md#leaflet",  # an anchor that is no heading
        "causes/index.md",
        "symptoms/../causes/picking.md",
        "#my-heading",  # on this page
        "#named",
        "#uber-uns",
        "https://health.example/#anything",
        "mailto:a@b.example",
        "tel:555",
        "symptom:nosebleed",
    )
    listed = "".join(f"- [x]({link})\n" for link in right)
    headings = "## My *heading*\n\n## Über uns\n\n## Other { #named }\n"

    assert "" == problems(project({"content/a.md": article(f"# A page\n\n{listed}\n{headings}")}))


NOWHERE = [
    (
        "symptoms/nosebleeds.md",
        "lead to a page that exists, not 'symptoms/nosebleeds.md'",
        "Did you mean 'symptoms/nosebleed.md'?",
    ),
    (
        "symptoms/nosebleed",
        "lead to a page that exists, not 'symptoms/nosebleed'",
        "Did you mean 'symptoms/nosebleed.md'?",
    ),
    ("../index.md", "lead to a page that exists, not '../index.md'", "Did you mean 'index.md'?"),
    ("zzzz", "lead to a page that exists, not 'zzzz'", BY_ID),
    ("#my-headin", "lead to a heading that exists, not '#my-headin'", "Did you mean 'my-heading'?"),
    (
        "#qqqq",
        "lead to a heading that exists, not '#qqqq'",
        "The headings there are a-page and my-heading.",
    ),
    ("b.md#x", "lead to a heading that exists, not 'b.md#x'", "It has no headings."),
    (
        "http://health.example",
        "start with https://, not 'http://health.example'",
        SECURE,
    ),
    (
        "ftp://health.example",
        "start with https://, not 'ftp://health.example'",
        SECURE,
    ),
    ("https://[bad", "be a whole address, not 'https://[bad'", COPY),
    ("data:text/html,x", "start with https://, not 'data:text/html,x'", SECURE),
    ("Cause:picking", "start with https://, not 'Cause:picking'", BY_ID),
    ("vbscript:f(1) 't'", "start with https://, not 'vbscript:f(1)'", SECURE),
    ("blob:https://a.example/1", "start with https://, not 'blob:https://a.example/1'", SECURE),
    ("https:a.example", "be a whole address, not 'https:a.example'", COPY),
    ("https://a.example@b.example/", "be a whole address, not 'https://a.example@b.example/'", COPY),
    ("tel:*#06#", "be a phone number after tel:, of digits and hyphens, not 'tel:*#06#'", NUMBER),
    ("tel:112;ext=9", "be a phone number after tel:, of digits and hyphens, not 'tel:112;ext=9'", NUMBER),
]
"""Links, what is said of each, and the tip."""


def test_a_link_that_leads_nowhere_is_named_with_its_line(project: Project) -> None:
    """The contributor learns which link, on which line, and what it may have meant."""
    listed = "".join(f"- Two\n  lines [x]({link})\n" for link, _, _ in NOWHERE)
    root = project(
        {
            "content/a.md": article(f"# A page\n\n## My heading\n\n{listed}"),
            "content/b.md": article("No heading.\n"),
        }
    )

    assert [
        f"content/a.md:{line}: a link must {message}\n  Tip: {tip}"
        for line, (_, message, tip) in zip(count(11, 2), NOWHERE, strict=False)
    ] == re.split(r"\n(?! )", problems(root))


def test_a_link_is_followed_from_the_folder_of_its_page(project: Project) -> None:
    """What leads somewhere from one folder leads nowhere from another."""
    right = "[x](dry-air.md) [y](../symptoms/nosebleed.md#help) [z](index.md)"
    wrong = "[w](symptoms/nosebleed.md)"
    root = project({"content/causes/picking.md": article(f"# Picking\n\n{right}\n\n{wrong}\n")})

    assert (
        "content/causes/picking.md:10: a link must lead to a page that exists, not 'symptoms/nosebleed.md'\n"
        "  Tip: Did you mean '../symptoms/nosebleed.md'?" == problems(root)
    )


def test_links_in_code_are_left_alone(project: Project) -> None:
    """Examples lead nowhere on purpose."""
    examples = "`[x](nowhere.md)`\n\n```\n[x](nowhere.md) ![x](nose.png) <b>\n[x]: nowhere.md\n```\n"

    assert "" == problems(project({"content/a.md": article(f"# A page\n\n{examples}")}))


def test_a_link_is_followed_however_it_is_written(project: Project) -> None:
    """By a name, with a title, or around a picture: the strict build would refuse each."""
    for body, line, address in (
        ("[x][name]\n\n[name]: zzzz", 10, "zzzz"),
        ("[x](zzzz 'A title')", 8, "zzzz"),
        ("[![x](nose.png)](zzzz)", 8, "zzzz"),
        ("Words[^1]\n\n[^1]: note", 10, "note"),  # without footnotes, this is a link's target
    ):
        root = project(
            {"content/a.md": article(f"# A page\n\n{body}\n"), "content/nose.png": b"\x89PNG\r\n\x1a\n"}
        )

        assert (
            f"content/a.md:{line}: a link must lead to a page that exists, not '{address}'\n  Tip: {BY_ID}"
            == problems(root)
        ), body


def test_a_link_by_id_cannot_be_named(project: Project) -> None:
    """The engine would take the id for an address, and the link would lead nowhere."""
    root = project({"content/a.md": article("# A page\n\n[x][name]\n\n[name]: cause:picking\n")})

    assert (
        "content/a.md:10: a link must start with https://, not 'cause:picking'\n"
        f"  Tip: {BY_ID}" == problems(root)
    )


def test_files_beside_pages_can_be_linked_and_shown(project: Project) -> None:
    """What lies in `content/` is published with the pages."""
    files = {"content/leaflet.txt": "A leaflet.", "content/nose.png": b"\x89PNG\r\n\x1a\n"}
    words = "[x](leaflet.txt) ![y](nose.png) [z](sub/../leaflet.txt#page=2)"

    assert "" == problems(project({"content/a.md": article(f"# A page\n\n{words}\n")}, files))


def test_a_picture_must_be_a_file_of_the_guide(project: Project) -> None:
    """One that is missing stops the build; one from elsewhere would tell that site who reads the page."""
    wrong = (
        "nose.png",
        "https://health.example/nose.png",
        "../../../mkdocs.yml",
        "/etc/hostname",
        "index.md",
    )
    shown = "".join(f"![{name}]({address})\n" for name, address in zip("abcde", wrong, strict=True))
    root = project({"content/a.md": article(f"# A page\n\n{shown}")})

    assert "\n".join(
        f"content/a.md:{line}: a picture must show a file that exists, not '{address}'\n"
        "  Tip: Put it into content/, and write its path from this page."
        for line, address in enumerate(wrong, 8)
    ) == problems(root)


def test_an_extension_that_is_not_there_is_the_engines_to_name(project: Project) -> None:
    """The check stops for no link on account of it; the strict build says which extension it is."""
    settings = "site_name: A guide\nmarkdown_extensions:\n  - no_such_extension\n"
    root = project({"mkdocs.yml": settings, "content/a.md": article("# A page\n\n[x](#nowhere)\n")})

    assert "content/a.md" not in problems(root)


def test_a_page_whose_thing_is_wrong_still_counts(project: Project) -> None:
    """One mistake is one problem: links to the page of a thing that cannot be read are not problems too."""
    root = project(
        {"content/a.md": article("# A page\n\n[x](causes/picking.md#help)\n")},
        changed("data/causes/picking.yml", ("group: everyday", "group: evryday")),
    )

    assert (
        "data/causes/picking.yml:4: group must be one of everyday, underlying or serious, not 'evryday'\n"
        "  Tip: Did you mean 'everyday'?" == problems(root)
    )


WRITE = "Write it in Markdown; a number to call is {call:advice}, a section is <!-- guide: … -->."


def test_html_and_script_are_refused(project: Project) -> None:
    """A page is Markdown, so that it is safe, and reads the same on any engine."""
    pages = (
        ("# A page\n\n<b>Bold</b> words.\n", 8, ["</b>", "<b>"]),
        ("# A page\n\nWords.\n\n<br/>\n", 10, ["<br/>"]),
        ("# A page\n\nWords <SCRIPT src=x>\n", 8, ["<SCRIPT src=x>"]),
        ("# A page\n\n<img\tsrc=x\nonerror=alert(1)\n>\n", 8, ["<img src=x onerror=alert(1) >"]),
        ("# A page\n\n<svg/onload=alert(1)\n", 8, ["<svg/onload=alert(1)"]),
        ("# A page\n\n<?php x ?>\n", 8, ["<?php x ?>"]),
        ("<!-- A note. --> <b>\n", 6, ["<b>"]),
        ("# A page\n\nWords\n<img\nsrc=x>\n", 9, ["<img src=x>"]),  # over two lines
    )
    root = project({f"content/{number}.md": article(body) for number, (body, _, _) in enumerate(pages)})
    expected = []
    for number, (_, line, found) in enumerate(pages):
        must = f"content/{number}.md:{line}: a page must be Markdown without HTML or script"
        expected += [f"{must}, but has '{each}'\n  Tip: {WRITE}" for each in found]

    assert "\n".join(expected) == problems(root)


def test_signs_that_only_look_like_html_are_words(project: Project) -> None:
    """Less than 3 is no tag, and a note to other writers is seen by nobody."""
    assert "" == problems(
        project({"content/a.md": article("# A page\n\nIf < 3 and > 2.\n\n<!-- Ask <b>her</b>. -->\n")})
    )


def test_a_text_links_by_id_or_to_a_safe_address(project: Project) -> None:
    """A text of a thing may stand on several pages, so a link relative to one breaks on others."""
    wrong = ("../causes/picking.md", "#help", "Cause:picking", "http://health.example", "picking")
    links = " ".join(f"[dry air]({link})" for link in wrong)
    root = project(changed("data/causes/picking.yml", ("[dry air](cause:dry-air)", links)))

    assert sorted(
        "data/causes/picking.yml:10: a link in sections[1].text must lead to an id or start with https://, "
        f"not '{link}'\n  Tip: {BY_ID}"
        for link in wrong
    ) == sorted(re.split(r"\n(?! )", problems(root)))


def test_a_text_may_link_to_an_address(project: Project) -> None:
    """A safe address leads to the same place from any page."""
    assert "" == problems(
        project(
            changed(
                "data/causes/picking.yml",
                ("[dry air](cause:dry-air)", "[dry air](https://health.example/air)"),
            )
        )
    )


# ------------------------------------------------------------------------------------------------------------
# What headings are called

HEADINGS = """\
# A page

## My *heading* with [a link](b.md) and `code`

## Über uns & Öl

## Named { #own-name }

## With a class

## Named and with a class { #other-name }

## Same

## Same

## Same { #other-name-2 }

## Same

##No space

## Closed ##

## What? 1.5 in 10!

Underlined
----------

Also *underlined*
-----------------

Some *words*{ #in-a-line } with a name.

A paragraph with a name.
{: #paragraph }

```
## In code
## Same
```

    ## In code by its indent
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example with a page of all kinds of heading: the project, and the site that MkDocs makes of it."""
    root = sites.copy_example(tmp_path_factory.mktemp("headings"))
    (root / "content/a.md").write_text(
        article(re.sub(r"(?m)^(##.*|---+)$", r"\1\n\nWords.", HEADINGS)), encoding="utf-8"
    )
    (root / "content/b.md").write_text(article("# Another page\n", title="Another page"), encoding="utf-8")
    done = sites.build(root, root / "site")
    assert done.returncode == 0, done.stderr
    return root, root / "site"


def test_anchors_are_what_the_engine_makes_of_them(built: tuple[Path, Path]) -> None:
    """On every page, written or generated, and for every way to write a heading."""
    root, site = built
    pages = careguide.build(root, today=TODAY).pages
    extensions = mkdocs_settings.extensions(root)
    found, expected = {}, {}
    for page in pages:
        file = site / page.path.removesuffix(".md").removesuffix("index") / "index.html"
        # The home page shows its parts in another order.
        shown = sites.page(file)
        for search in shown.select("main #search"):  # the theme's, on the page of the search
            search.decompose()
        expected[page.path] = sorted(tag["id"] for tag in shown.select("main [id]"))
        found[page.path] = sorted(links.anchors(page.text, extensions))

    assert expected == found
    assert len(found) > 20
    assert {
        "uber-uns-ol",
        "own-name",
        "with-a-class",
        "same_1",
        "same_2",
        "no-space",
        "closed",
        "underlined",
        "in-a-line",
    } < set(found["a.md"])
    assert not any(name.startswith("in-code") for name in found["a.md"])


def test_a_heading_that_the_engine_does_not_make_is_named(project: Project) -> None:
    """A line in code, one heading too many, and the words of a heading that has another name."""
    wrong = {"same_3": "Did you mean 'same_1'?", "named-own-name": "Did you mean 'own-name'?"}
    links = "".join(f"[{anchor}](#{anchor})\n" for anchor in wrong)
    root = project({"content/a.md": article(f"{HEADINGS}\n{links}"), "content/b.md": article("# B\n")})

    assert "\n".join(
        f"content/a.md:{line}: a link must lead to a heading that exists, not '#{anchor}'\n  Tip: {near}"
        for line, (anchor, near) in enumerate(wrong.items(), 50)
    ) == problems(root)


def test_the_sites_own_way_to_name_headings_is_used(project: Project) -> None:
    """Whoever sets another separator for the names of headings gets links that work there."""
    settings = "site_name: A guide\nmarkdown_extensions:\n  - attr_list\n  - toc:\n      separator: _\n"
    root = project({"mkdocs.yml": settings})

    assert ["my_heading"] == links.anchors(
        "---\ntitle: A\n---\n## My heading\n", mkdocs_settings.extensions(root)
    )


def test_a_heading_does_not_take_a_name_of_the_frame(project: Project) -> None:
    """The search of that page would not open."""
    wrong = {"## Search": 8, "### Top": 12, "Countries\n---------": 16, "## Find it { #search }": 21}
    body = "\n\nWords.\n\n".join(wrong)
    found = problems(project({"content/about.md": article(f"# About\n\n{body}\n\nWords.\n")}))

    for heading, line in wrong.items():
        words = heading.split("\n", maxsplit=1)[0].partition(" {")[0].strip("# ")
        assert f"content/about.md:{line}: a heading must not be '{words}': every page has a part" in found


def test_headings_that_only_begin_like_the_frame_are_fine(project: Project) -> None:
    """As are words that are no heading."""
    root = project({"content/about.md": article("# About\n\nSearch.\n\n## Search the guide\n\nTop\n")})

    assert "every page has a part" not in problems(root)
