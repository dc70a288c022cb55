"""The look in a browser.

What a reader sees first, that nothing breaks at any size, in forced colours or with wider letters, and that
all can be reached by keyboard and finger.
"""

from __future__ import annotations

import re
from pathlib import Path

from browsers import printed, violations
from careguide.guide.guide import DRAWINGS
from playwright.sync_api import Page, expect
from sites import page, styles

ARTICLE = "symptoms/blocked-nose/"
DESIGN = "about/design/"
PAGES = [
    "",
    ARTICLE,
    "symptoms/nosebleed/",
    "causes/hay-fever/",
    "remedies/rinse-the-nose/",
    "remedies/head-back/",
    "causes/",
    "movements/",
    "check/",
    DESIGN,
]
"""One page of each kind."""

WIDER = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em "
    "!important } p { margin-block-end: 2em !important }"
)
"""The text spacing that WCAG 1.4.12 lets readers set."""

SPILT = """() => [
    ...(document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : []),
    ...[...document.querySelectorAll("main *, header *, footer *")]
        .filter((each) => each.checkVisibility())
        .filter((each) => !each.matches(".unseen, .unseen *, thead, thead *, svg *"))
        .filter((each) => {
            const box = each.getBoundingClientRect();
            const clips = ["hidden", "clip"].includes(getComputedStyle(each).overflowX);
            const cut = clips && each.scrollWidth > each.clientWidth + 1;
            return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1 || cut);
        })
        .map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 40)}`),
]"""
"""What stands outside the screen, or is cut off."""


# ------------------------------------------------------------------------------------------------------------
# What a reader sees first


def test_the_first_screen_of_home_says_all_that_is_urgent(tab: Page, address: str) -> None:
    """Without scrolling: what this is, the way to the check, and the signs of an emergency."""
    for width, height in ((360, 800), (768, 1024), (1280, 800)):
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(address)

        for part in ("h1", ".check-start", "#emergency"):
            box = tab.locator(part).bounding_box()
            assert box, part
            assert box["y"] + box["height"] <= height, (width, part)


def test_home_has_the_numbers_of_the_readers_country(tab: Page, address: str) -> None:
    """As on every page: in an emergency nobody must be told another country's number."""
    tab.goto(f"{address}?in=yy")

    expect(tab.locator(".numbers [data-call=emergency]")).to_have_text("777")


def test_what_is_folded_away_on_phones_stands_open_on_wide_screens_and_on_paper(
    tab: Page, address: str
) -> None:
    """A long list: hidden on a phone until asked for, otherwise in sight."""
    tab.goto(address + DESIGN)
    line = tab.locator("details.closed--phone:not(:has(.print-panel)) li").first
    words = line.text_content().split()
    assert words
    expect(line).not_to_be_visible()
    assert [] == [word for word in words if word not in " ".join(printed(tab))]

    tab.set_viewport_size({"width": 1280, "height": 800})
    expect(line).to_be_visible()


def test_a_source_number_opens_the_list_it_leads_to(tab: Page, address: str) -> None:
    """On a phone the sources stand closed; a press on a number shows the source."""
    tab.goto(address + ARTICLE)
    tab.locator("a.cite").first.click()

    expect(tab.locator("li:has(:target)")).to_be_visible()


# ------------------------------------------------------------------------------------------------------------
# Nothing breaks


def test_nothing_is_cut_off_on_a_narrow_screen_or_with_wider_letters(tab: Page, address: str) -> None:
    """Nothing is cut at any size or in any setting.

    That is at 320 px, which is 400 % zoom of a desktop; with WCAG's text spacing; in forced colours; and with
    letters twice the size, which is 200 %.
    """
    found = {}
    for path in PAGES:
        tab.set_viewport_size({"width": 320, "height": 640})
        tab.goto(address + path)
        tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        found[path, "narrow"] = tab.evaluate(SPILT)
        tab.emulate_media(forced_colors="active")
        found[path, "forced colours"] = tab.evaluate(SPILT)
        tab.emulate_media(forced_colors="none")
        spacing = tab.add_style_tag(content=WIDER)
        found[path, "wider letters"] = tab.evaluate(SPILT)
        spacing.evaluate("each => each.remove()")
        tab.set_viewport_size({"width": 640, "height": 640})
        tab.add_style_tag(content="html { font-size: 200% !important }")
        found[path, "larger letters"] = tab.evaluate(SPILT)

    assert {} == {what: spilt for what, spilt in found.items() if spilt}


def test_a_heading_never_lies_under_what_opens_it(tab: Page, address: str) -> None:
    """On phones a heading and the words that open its section share a row, also where letters stand wider."""
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(address + ARTICLE)
    tab.add_style_tag(content=WIDER)

    overlaps = """() => [
        ...document.querySelectorAll(":is(h2, h3) + .closed--phone > summary")
    ].filter((each) => {
        const range = document.createRange();
        const box = (node) => { range.selectNodeContents(node); return range.getBoundingClientRect(); };
        const heading = box(each.parentElement.previousElementSibling), label = box(each);
        return heading.right > label.left && heading.bottom > label.top && heading.top < label.bottom;
    }).map((each) => each.parentElement.previousElementSibling.textContent)"""
    assert [] == tab.evaluate(overlaps)


def test_cards_and_buttons_have_edges_in_forced_colours(tab: Page, address: str) -> None:
    """Where backgrounds are taken away, an edge still shows what can be pressed and what belongs together."""
    tab.emulate_media(forced_colors="active")
    tab.goto(address + DESIGN)
    bare = """() => [...document.querySelectorAll(
            ".care-card, .button, .cards > ul, .numbers .call, .summary, .message, .stop, details.closed, " +
            ".do-dont > div"
        )]
        .filter((each) => each.checkVisibility() && !["Top", "Right", "Bottom", "Left"].some(
            (side) => parseFloat(getComputedStyle(each)[`border${side}Width`]) >= 1
        ))
        .map((each) => each.className)"""

    assert [] == tab.evaluate(bare)


def test_nothing_moves(site: Path) -> None:
    """No transition, animation or smooth scroll anywhere: some readers feel sick from them."""
    files = [site / path / "index.html" for path in ("", ARTICLE, "check/nosebleed/")]
    # What waits for a script appears at once when it does: a step is no movement.
    step = r"animation: ?flow-waits 1s step-end|@keyframes flow-waits"
    drawn = [str(picture) for file in files for picture in page(file).select("svg")]
    moving = re.sub(step, "", " ".join([*map(styles, files), *drawn]))

    assert ".sheet" in moving
    assert [] == [
        word
        for word in ("transition", "animation", "@keyframes", "scroll-behavior", "<animate")
        if word in moving
    ]


# ------------------------------------------------------------------------------------------------------------
# Keyboard and finger


FOCUSED = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const shown = [getComputedStyle(here), getComputedStyle(here, "::after")];
    const ring = shown.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3);
    const box = here.getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const seen = here.getClientRects().length > 0 && inView;
    return [here.textContent.trim().slice(0, 40) || here.id, ring && seen, Boolean(here.closest("svg"))];
}"""


def test_whoever_uses_a_keyboard_always_sees_where_they_are(tab: Page, address: str) -> None:
    """From the skip link to the foot every stop is in sight, has a ring, and none is in the drawing."""
    for path in ("", ARTICLE, "causes/"):
        tab.goto(address + path)
        stops = []
        for _ in range(400):
            tab.keyboard.press("Tab")
            stop = tab.evaluate(FOCUSED)
            if stop is None:
                break
            stops.append(stop)

        assert stop is None, path
        assert "Skip to the page" == stops[0][0], path
        assert [] == [name for name, seen, drawn in stops if not seen or drawn], path


SMALL = """() => [...document.querySelectorAll(
        "button, summary, .button, input, nav a, .numbers a, .body-map li a, .cards li, .next a, " +
        "footer nav a, .to-top, .emergency-line a"
    )]
    .filter((each) => each.checkVisibility() && getComputedStyle(each).pointerEvents !== "none")
    .map((each) => [each.getBoundingClientRect(), each])
    .filter(([box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
    .map(([box, each]) => {
        const name = `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 30)}`;
        return `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`;
    })"""


def test_targets_are_large_enough_for_a_shaking_hand(tab: Page, address: str) -> None:
    """Buttons, rows, cards and links that stand alone are at least 44 px high and wide."""
    for width, path in (*((360, path) for path in PAGES), (1280, ""), (1280, ARTICLE)):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(address + path)

        assert [] == tab.evaluate(SMALL), (width, path)


def test_the_words_on_the_buttons_of_search_stand_on_one_line(tab: Page, address: str) -> None:
    """A button that is too narrow would show its word letter by letter."""
    for width in (360, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(address + "causes/hay-fever/")
        tab.locator("header [data-does=search]").click()

        buttons = tab.locator(".search__row button").all()
        assert buttons
        assert [] == [each.inner_text() for each in buttons if each.bounding_box()["height"] > 64], width


def test_any_address_leaves_the_buttons_working(tab: Page, address: str) -> None:
    """Also one whose end was cut in the middle of a letter."""
    tab.goto(f"{address}causes/hay-fever/#50%")
    tab.locator("header [data-does=search]").click()

    expect(tab.locator("#search")).to_be_visible()


# ------------------------------------------------------------------------------------------------------------
# The parts


def test_the_page_of_all_parts_has_every_state(site: Path) -> None:
    """Each level and state of review, shown by the templates of all pages.

    Search engines leave it out.
    """
    found = page(site / DESIGN / "index.html")

    cards = [each["class"][1] for each in found.select(".care-card")]
    assert ["style-1", "style-2", "style-4", "style-6"] == cards
    standings = ["not yet reviewed", "Must be reviewed again", "review was due", "Changed since"]
    told = " ".join(line.get_text() for line in found.select(".review-line"))
    assert [] == [each for each in standings if each not in told]
    assert "noindex" == found.select_one('meta[name="robots"]')["content"]


def test_all_parts_are_accessible(tab: Page, address: str) -> None:
    """Axe finds nothing wrong with any part in any state."""
    for width, scheme in ((320, "light"), (1280, "dark")):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme)
        tab.goto(address + DESIGN)

        assert [] == violations(tab)


def test_drawings_are_small_and_say_what_their_step_says(site: Path, guide_root: Path) -> None:
    """Each drawing is at most 4 KB and is used.

    The step it stands in says all of it in words, so it is not read out a second time.
    """
    folder = guide_root / DRAWINGS
    shown = [
        image
        for file in (site / "remedies").glob("*/index.html")
        for image in page(file).select("img.drawing")
    ]

    assert [] == [file.name for file in folder.iterdir() if file.stat().st_size > 4096]
    assert {file.name for file in folder.iterdir()} == {
        str(image["src"]).rpartition("/")[2] for image in shown
    }
    for image in shown:
        step = image.find_parent("li")
        assert step is None or (image["alt"] == "" and len(step.get_text(" ").split()) > 3)
        assert step or len(str(image["alt"]).split()) > 3
