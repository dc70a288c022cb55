"""Whether Markdown keeps its shape: what falls apart is named at its line, what is only unusual is not."""

from __future__ import annotations

from pathlib import Path

from careguide.checks import article_shape
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from conftest import EXAMPLE, Project, article, changed, load


def found(body: str) -> list[tuple[str, int]]:
    """The rules that the body of a page breaks, each with its line."""
    lines = tuple(body.split("\n"))
    said = []
    for rule in (*article_shape.ARTICLE_RULES, *article_shape.TEXT_RULES):
        for number, message, tip in rule(lines):
            assert message
            assert tip
            said.append((rule.__name__, number))
    return said


def test_what_falls_apart_is_named() -> None:
    for rule, line, body in (
        ("headings_keep_their_order", 2, "# A\n\n### B\n\nWords."),
        ("headings_keep_their_order", 4, "# A\n\n## B\n\n#### C\n\nWords."),
        ("headings_keep_their_order", 4, "# A\n\nWords.\n\n# B\n\nWords."),
        ("headings_keep_their_order", 4, "# A\n\nWords.\n\nB\n===\n\nWords."),
        ("headings_keep_their_order", 2, "# A\n\n####### B\n\nWords."),
        ("headings_say_what_follows", 2, "# A\n\n## ?\n\nWords."),
        ("headings_say_what_follows", 2, "# A\n\n##\n\nWords."),
        ("headings_say_what_follows", 2, "# A\n\n## B\n\n## C\n\nWords."),
        ("headings_say_what_follows", 4, "# A\n\nWords.\n\n## B\n"),
        ("sentences_are_no_headings", 3, "# A\n\nThis is so.\n---\n\nWords."),
        ("sentences_are_no_headings", 1, "This is so:\n=======\n\nWords."),
        ("tables_hold_together", 2, "| a | b |\n| --- | --- |\n| 1 | 2 | 3 |"),
        ("tables_hold_together", 3, "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 1 |"),
        ("tables_hold_together", 0, "| a | b |\n| 1 | 2 |"),
        ("tables_hold_together", 1, "Words:\n| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("tables_hold_together", 1, "| a | b |\n| --- |\n| 1 | 2 |"),
        ("tables_hold_together", 0, "| a | b |\n| --- | --- |"),
        ("tables_hold_together", 0, "|  |  |\n| --- | --- |\n| 1 | 2 |"),
        ("lists_hold_together", 1, "Words:\n- one"),
        ("lists_hold_together", 1, "Words\n- one\n- two"),
        ("lists_hold_together", 1, "Words\n1. one\n2. two"),
        ("lists_hold_together", 1, "- one\n  - two"),
        ("lists_hold_together", 1, "1. one\n   - two"),
        ("items_start_with_a_mark", 0, "• one"),
        ("items_start_with_a_mark", 0, "- \n\nWords."),
        ("items_are_counted", 1, "1. one\n3. two"),
        ("items_are_counted", 3, "1. one\n2. two\n2. three\n1. four"),
        ("headings_start_at_the_left", 2, "# A\n\n  ## B\n\nWords."),
        ("words_are_no_code", 2, "# A\n\n    Words that are meant to be read."),
        ("words_are_no_code", 4, "# A\n\nWords.\n\n\tMore words."),
        ("words_are_no_code", 4, "- one\n\nWords.\n\n    More words."),
        ("headings_say_what_follows", 2, "# A\n\n## ![](a.png)\n\nWords."),
        ("tables_hold_together", 0, "a | b\n1 | 2"),
        ("marks_do_not_follow_each_other", 0, "- " * 400 + "one"),
        ("marks_do_not_follow_each_other", 0, ">" * 400 + "one"),
        ("items_start_with_a_mark", 0, "– one\n– two"),
        ("items_start_with_a_mark", 0, "a) one\nb) two"),
        ("items_start_with_a_mark", 0, "- one - two - three"),
        ("items_start_with_a_mark", 0, "1. one 2. two"),
        ("items_are_counted", 4, "1. one\n\nWords.\n\n2. two"),
        ("links_are_defined", 0, "See [the start][start]."),
        ("links_are_defined", 0, "See this.[^1]"),
        ("links_are_defined", 0, "See [the start][]."),
        ("pictures_say_what_they_show", 0, "![nose.png](nose.png)"),
        ("pictures_say_what_they_show", 0, "![nose](assets/nose.png)"),
        ("pictures_say_what_they_show", 0, "![IMG_1234](a.png)"),
        ("pictures_say_what_they_show", 0, "![A picture](a.png)"),
        ("pictures_say_what_they_show", 0, "![Image of](a.png)"),
        ("pictures_say_what_they_show", 0, "![Screenshot 2024-01-02 at 10.22](a.png)"),
    ):
        assert (rule, line) in found(body)


def test_lines_that_are_no_items_are_named_together() -> None:
    for body in ("-one\n-two", "1.one\n2.two", "1) one\n2) two"):
        assert [("items_start_with_a_mark", 0), ("items_start_with_a_mark", 1)] == found(body)


def test_what_is_unusual_and_right_is_accepted() -> None:
    for body in (
        "# A\n\nWords.\n\n## B\n\n### C\n\nWords.\n\n## D\n\nWords.",
        "# A #\n\n## B { #b }\n\nWords.\n\n## C { .wide #c }\n\nWords.",
        "# A\n\n## B\n\n<!-- guide: causes -->",
        "## B\n\nWords.",
        "A\n===\n\nWords.\n\nB and c\n-------\n\nWords.",
        "##B\n\nWords.\n\n### Why\n\nWords.\n\n## C\n\n### Why\n\nWords.",
        "Words.\n\n---\n\nWords.",
        "| a | b |\n| :-- | --: |\n| 1 | 2 |\n|  | 3 |",
        "a | b\n--- | ---\n1 | 2",
        "|  | b |\n| --- | --- |\n| 1 | 2 |",
        "| a |\n| --- |\n| x \\| y |",
        "- one\n- two\n    - three\n    - four\n- five",
        "- one\n\n- two",
        "- one\n\n    More of it.\n\n    And more.\n\n- two",
        "Words\n    that go on in the next line.",
        "```\n    Code.\n```",
        "- one\n  goes on\n- two",
        "* one\n* two",
        "1. one\n1. two\n1. three",
        "1. one\n2. two\n\n    - inner\n\n3. three",
        "It began in\n1986. It ended soon.",
        "-5 degrees and colder.",
        "1) is a mark that stands here alone.",
        "See [the start][start].\n\n[start]: index.md",
        "Words[^1]\n\n[^1]: A note.",
        "A [word] in brackets, and [@leaflet].",
        "![A hand presses the nose](nose.png)",
        "![Nose](assets/child.png)",
    ):
        assert [] == found(body)


def pages(guide: Guide) -> list[Page]:
    """The pages that somebody wrote, as they are."""
    kinds = {"index.md": "home", "symptoms/nosebleed.md": "symptom"}
    return [
        Page(path, each.body, each.path, "A page", kinds.get(path, "article"), ())
        for path, each in guide.articles.items()
    ]


def said(root: Path, settings: str = "about.md") -> list[tuple[str, int, str, bool]]:
    guide = load(root)
    problems = article_shape.check(guide, pages(guide), settings)
    return sorted((each.path, each.line, each.rule, each.blocks) for each in problems)


def test_the_example_keeps_its_shape() -> None:
    published = load(EXAMPLE)
    assert [] == list(article_shape.check(published, pages(published)[:0], "about.md"))


def test_a_page_has_a_title(project: Project) -> None:
    root = project({"content/a.md": article("Words.\n"), "content/b.md": article("# B\n\nSee [a](a.md).\n")})

    assert ("content/a.md", 1, "pages_have_a_title", True) in said(root)
    assert ("content/b.md", 1, "pages_have_a_title", True) not in said(root)


def test_a_page_that_nothing_leads_to_is_a_notice(project: Project) -> None:
    """A link or a menu leads to it; one in a folder of things may be meant for one of them."""
    root = project(
        {"content/a.md": article("# A\n\nWords.\n"), "content/causes/pickin.md": article("# B\n\nWords.\n")}
    )

    assert ("content/a.md", 1, "pages_are_led_to", False) in said(root)
    assert ("content/causes/pickin.md", 1, "pages_are_led_to", False) in said(root)
    assert ("content/a.md", 1, "pages_are_led_to", False) not in said(root, "a.md about.md")
    tips = {each.path: each.tip for each in article_shape.check(load(root), pages(load(root)), "about.md")}
    assert "Did you mean 'picking'?" == tips["content/causes/pickin.md"]
    assert "nav" in tips["content/a.md"]


def test_a_picture_without_words_is_a_notice(project: Project) -> None:
    root = project({"content/a.md": article("# A\n\n![](nose.png)\n")})

    assert ("content/a.md", 8, "pictures_have_words", False) in said(root)


def test_texts_in_data_keep_their_shape_too(project: Project) -> None:
    """Each is named at the line on which it falls apart."""
    rinse, hay = "data/remedies/rinse-the-nose.yml", "data/causes/hay-fever.yml"
    root = project(
        changed(rinse, ("| To keep it away | once, before you go to bed |", "| To keep it away |")),
        changed(hay, ("      - Your eyes itch", "      # You notice\n\n      - Your eyes itch")),
    )

    assert [(hay, 15, "texts_have_no_headings"), (rinse, 23, "tables_hold_together")] == [
        each[:3] for each in said(root) if each[0] in (rinse, hay)
    ]
