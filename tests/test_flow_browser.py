"""The flow in the browsers people use: played by keyboard, back and forth, without script, on paper and on a narrow screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import NAMES, launch, printed
from careguide.flow import plan as plan_module
from careguide.flow.paths import collapse, facts_of, paths
from careguide.guide.guide import Guide
from careguide.source import markup
from conftest import load
from flows import small
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright
from sites import ROOT, build, copy_example, served

NOSE = "check/nosebleed/"
FLOWS = ["nosebleed", *sorted(file.stem for file in (ROOT / "data" / "flows").glob("*.yml"))]

PLAY = """runs => { document.body.hidden = true; history.pushState = () => {}; return runs.map(answers => {
    const flow = document.querySelector(".flow");
    const texts = (list) => [...list.querySelectorAll("li")].map((line) => line.textContent);
    flow.querySelector("[data-way=again]").click();
    for (let step; (step = flow.querySelector(".flow-step.is-now")); ) {
        const said = answers[step.id];
        if (step.dataset.kind === "gate") { step.querySelector(`[value=${said}]`).click(); continue; }
        for (const sign of step.querySelectorAll(".sign")) sign.querySelector("input").checked = said.includes(sign.dataset.sign ?? sign.dataset.person);
        for (const other of step.querySelectorAll("input[value]")) other.checked = other.value === (said === "unsure" ? said : said.length ? "" : "none");
        step.querySelector("button").click();
    }
    const result = flow.querySelector(".result.is-now");
    const because = (name) => [...result.querySelectorAll(`[data-because=${name}]:not([hidden]) li`)].map((line) => line.textContent);
    return [result.id, [...because("gate"), ...because("ticks")], because("unsure")];
})}"""
"""Plays many runs in one page, each from the start, and tells what each result says. Meanwhile nothing is laid out and no address changes: that takes most of the time."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the small flow: two gates, people, a sign for children alone, and a raise."""
    root = copy_example(tmp_path_factory.mktemp("flow"))
    shutil.copytree(
        small(tmp_path_factory.mktemp("small") / "small") / "data", root / "data", dirs_exist_ok=True
    )
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """Where the small guide is served."""
    done = build(root, root / "site")
    assert done.returncode == 0, done.stderr
    with served(root / "site") as address:
        yield address


@pytest.fixture(scope="module")
def real_address(real_site: Path) -> Iterator[str]:
    """Where the real guide is served."""
    with served(real_site) as address:
        yield address


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives both browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module", params=NAMES)
def browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    """Each browser."""
    with launch(playwright, request.param) as browser:
        yield browser


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A new window on a phone, in which an error of a script fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 720})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert [] == errors


@pytest.fixture
def nose(tab: Page, address: str) -> Page:
    """The small flow, at its start."""
    tab.goto(address + NOSE)
    return tab


# ---------------------------------------------------------------------------------------------------------------------
# What a reader does and sees


def now(page: Page) -> Locator:
    """The step or result in view."""
    return page.locator(".is-now")


def gate(page: Page, said: str) -> None:
    """Answer a gate: yes, no or unsure."""
    now(page).locator(f"button[value={said}]").click()


def tick(page: Page, *said: str) -> None:
    """Tick signs, people, 'none' or 'unsure', and go on."""
    for each in said:
        now(page).locator(
            f"[data-sign={each}] input, [data-person={each}] input, input[value={each}]"
        ).check()
    now(page).locator("button").click()


def ended(page: Page, *ticked: str) -> str:
    """Say no to both gates, tick one thing on each step that follows, and tell where that ends."""
    gate(page, "no")
    gate(page, "no")
    for each in ticked:
        tick(page, each)
    return seen(page)[0]


def seen(page: Page) -> list[str]:
    """The steps and results in view."""
    return [each.get_attribute("id") or "" for each in page.locator(":is(.flow-step, .result):visible").all()]


def in_focus(page: Page) -> str:
    """The words of what has the focus."""
    return str(page.evaluate("document.activeElement.innerText.trim()"))


def lines(page: Page, name: str) -> list[str]:
    """What the note says under a name."""
    return page.locator(f"[data-note={name}] li").all_text_contents()


def moved(page: Page, way: str) -> list[str]:
    """What is in view after the browser's Back or Forward. Playwright's own waits for a page to load, which here none does."""
    page.evaluate(f"history.{way}()")
    page.wait_for_timeout(150)
    return seen(page)


# ---------------------------------------------------------------------------------------------------------------------
# Answering


def test_the_first_question_shows_at_once_and_alone(nose: Page) -> None:
    """The emergency list is there without a click. The focus stays where the reader left it."""
    assert ["now"] == seen(nose)
    assert "Is this happening now? - Check your signs: Nosebleed - Careguide" == nose.title()
    assert "BODY" == nose.evaluate("document.activeElement.tagName")


@pytest.mark.parametrize("id", FLOWS)
def test_player_equals_flow(id: str, tab: Page, address: str, real_address: str, root: Path) -> None:
    """On every way through a flow that its proof walks, the script ends where the flow does, and for the same reasons."""
    guide, site = (load(root), address) if id == "nosebleed" else (load(ROOT), real_address)
    plan = plan_module.plan(guide.flows[id], guide)
    walked = [
        each.answers for each in paths(plan if id == "nosebleed" else collapse(plan, facts_of(id, guide))[0])
    ]
    tab.goto(f"{site}check/{id}/")

    found = tab.evaluate(
        PLAY,
        [
            {step: said if isinstance(said, str) else sorted(said) for step, said in answers.items()}
            for answers in walked
        ],
    )

    assert [_told(plan_module.follow(plan, answers), guide) for answers in walked] == found


def _told(result: plan_module.Result | plan_module.Screen, guide: Guide) -> list[Any]:
    """A result as the page tells it."""
    assert isinstance(result, plan_module.Result)
    return [result.level, _said(result.because, guide), _said(result.unsure, guide)]


def _said(signs: tuple[str, ...], guide: Guide) -> list[str]:
    criteria = [guide.criteria[each] for each in signs]
    return [
        f"{each.lead}: {markup.plain(each.sign)}" if each.lead else markup.plain(each.sign)
        for each in criteria
    ]


def test_a_whole_run_by_keyboard(nose: Page) -> None:
    """Tab, Space and Enter are enough. After each answer the new question has the focus, and the tab's title names it."""
    press = nose.keyboard.press
    nose.locator("#now button[value=yes]").focus()
    for said in ("Tab", "Enter"):
        press(said)
    assert ("Or is this?", "Or is this? - Check your signs: Nosebleed - Careguide") == (
        in_focus(nose),
        nose.title(),
    )

    for said in ("Tab", "Tab", "Enter"):
        press(said)
    assert "Is any of this true of you?" == in_focus(nose)

    for said in ("Tab", "Tab", "Space", "Tab", "Tab", "Tab", "Enter"):
        press(said)
    assert "Is any of this true?" == in_focus(nose)
    assert nose.locator("#you [data-person=child] input").is_checked()

    for said in ("Tab", "Tab", "Tab", "Space", "Tab", "Tab", "Enter"):
        press(said)
    assert "Is any of this true too?" == in_focus(nose)

    for said in ("Tab", "Space", "Tab", "Tab", "Tab", "Tab", "Enter"):
        press(said)
    assert "Make an appointment" in in_focus(nose)
    assert ["appointment"] == seen(nose)


def test_an_answer_is_wanted(nose: Page) -> None:
    """Going on without an answer says what to do, above the question, takes the focus there, and marks the tab's title."""
    gate(nose, "no")
    gate(nose, "no")
    now(nose).locator("button").click()

    assert (
        "There is a problem Tick the lines that are true. If there are none, tick 'None of these'."
        == " ".join(in_focus(nose).split())
    )
    assert nose.title().startswith("Error: Is any of this true of you?")
    assert ["you"] == seen(nose)

    tick(nose, "none")
    assert ["today"] == seen(nose)
    assert "Error" not in nose.title()


def test_none_and_a_sign_take_each_other_away(nose: Page) -> None:
    """Ticking 'None of these' takes the other ticks away and says so, and the other way round."""
    ended(nose, "none")
    long, none, unsure = (
        now(nose).locator(each)
        for each in ("[data-sign=long] input", "input[value=none]", "input[value=unsure]")
    )

    long.check()
    unsure.check()
    none.check()
    assert (False, True, False) == (long.is_checked(), none.is_checked(), unsure.is_checked())
    assert (
        "Ticks that cannot be true together with this one are gone."
        == now(nose).locator("[role=status]").inner_text()
    )

    long.check()
    assert (True, False) == (long.is_checked(), none.is_checked())


def test_none_and_a_sign_together_are_refused(nose: Page) -> None:
    """Where a browser restored both ticks by itself, the reader is asked again."""
    ended(nose, "none")
    nose.evaluate(
        "for (const name of ['[data-sign=long] input', '[value=none]']) document.querySelector(`#today ${name}`).checked = true"
    )
    now(nose).locator("button").click()

    assert "They cannot both be right." in in_focus(nose)
    assert ["today"] == seen(nose)


def test_signs_for_other_people_are_not_asked(nose: Page) -> None:
    """A sign for children shows only where a child is meant, or may be."""
    for said, shown in (
        ("takes-medicine", ["long"]),
        ("child", ["long", "bead"]),
        ("unsure", ["long", "bead"]),
    ):
        nose.reload()
        ended(nose, said)
        assert shown == [
            each.get_attribute("data-sign") for each in nose.locator("#today .sign:visible").all()
        ]


# ---------------------------------------------------------------------------------------------------------------------
# Moving about


def test_back_and_forward(nose: Page) -> None:
    """Back shows each earlier question with its answer and the focus on it; Forward returns; Back from the first leaves the page."""
    assert "appointment" == ended(nose, "child", "none", "often")

    assert [["soon"], ["today"], ["you"]] == [moved(nose, "back") for _ in range(3)]
    assert "Is any of this true of you?" == in_focus(nose)
    assert nose.locator("#you [data-person=child] input").is_checked()
    assert [["today"], ["soon"], ["appointment"]] == [moved(nose, "forward") for _ in range(3)]
    assert "Make an appointment" in in_focus(nose)

    nose.locator("[data-way=back]").click()
    nose.wait_for_timeout(150)
    assert ["soon"] == seen(nose)


def test_a_result_that_no_longer_holds_is_not_shown(nose: Page) -> None:
    """After an earlier answer has changed, Back does not lead to the old result, but to where the answers lead now."""
    ended(nose, "none", "none", "none")
    assert ["soon"] == moved(nose, "back")
    tick(nose, "often")
    assert ["appointment"] == seen(nose)

    moved(nose, "back")
    nose.evaluate("location.hash = 'self-care'")
    nose.wait_for_timeout(150)

    assert ["appointment"] == seen(nose)
    assert nose.url.endswith("#appointment")


def test_one_answer_can_be_changed_and_the_rest_is_kept(nose: Page) -> None:
    """'Change' leads to the question; the new answer leads straight to the new result, as nothing else has to be asked again."""
    assert "appointment" == ended(nose, "none", "none", "often")

    nose.get_by_role("link", name="Change Is any of this true of you?").click()
    nose.wait_for_timeout(150)
    assert ["you"] == seen(nose)
    now(nose).locator("input[value=none]").uncheck()
    tick(nose, "takes-medicine")

    assert ["same-day"] == seen(nose)


def test_a_change_that_brings_a_new_sign_asks_that_question_again(nose: Page) -> None:
    """Where another answer means that a sign concerns the reader after all, the question about it is asked again."""
    ended(nose, "none", "none", "none")

    nose.get_by_role("link", name="Change Is any of this true of you?").click()
    nose.wait_for_timeout(150)
    tick(nose, "child")

    assert ["today"] == seen(nose)


def test_a_link_into_the_middle_starts_at_the_first_question(tab: Page, address: str) -> None:
    """Without answers no link leads past the emergency signs. A line says why, and goes with the first answer."""
    for id in ("soon", "self-care"):
        tab.goto("about:blank")
        tab.goto(f"{address}{NOSE}#{id}")
        line = tab.locator("[data-linked]")

        assert ["now"] == seen(tab)
        assert "This link leads into the middle." in line.inner_text()
        assert tab.url.endswith("#now")

        gate(tab, "no")
        assert "" == line.inner_text()


def test_reload_starts_again(nose: Page) -> None:
    """Nothing is kept: after a reload no box is ticked, and the first question shows."""
    ended(nose, "child", "none")
    nose.reload()

    assert ["now"] == seen(nose)
    assert 0 == nose.locator("input:checked").count()


def test_start_again_forgets_everything(nose: Page) -> None:
    """One button leads back to the first question, with no answer and no tick."""
    ended(nose, "child", "none", "none")
    nose.locator("[data-way=again]").click()

    assert ["now"] == seen(nose)
    assert 0 == nose.locator("input:checked").count()
    assert ["now"] == moved(nose, "back")


def test_all_as_one_list_and_back(nose: Page) -> None:
    """The list shows every question and result, with links for answers; one button leads back to the question."""
    gate(nose, "no")
    nose.locator("[data-way=list]").click()
    assert [
        "now",
        "more",
        "you",
        "today",
        "soon",
        "emergency",
        "same-day",
        "appointment",
        "self-care",
    ] == seen(nose)
    assert nose.locator("#now .flow-links").is_visible()
    assert not nose.locator("#now .flow-controls").is_visible()

    nose.locator("[data-way=one]").click()
    assert ["more"] == seen(nose)


# ---------------------------------------------------------------------------------------------------------------------
# The result and the note


def test_the_note_says_what_was_answered(nose: Page) -> None:
    """Advice, people, signs present, in doubt and denied, each as answered; what was not asked is not named."""
    ended(nose, "takes-medicine", "none", "often")

    assert ["Get help today"] == lines(nose, "advice")
    assert ["Takes any medicine"] == lines(nose, "people")
    assert ["Your nose bleeds every week."] == lines(nose, "present")
    assert ["None"] == lines(nose, "unsure")
    assert ["Heavy bleeding", "You fainted.", "It goes on", "Your nose is dry."] == lines(nose, "denied")
    assert str(nose.evaluate("new Date().getFullYear()")) in lines(nose, "date")[0]


def test_the_note_says_what_is_in_doubt(nose: Page) -> None:
    """'Not sure' puts every sign of the list in doubt; a yes means at least one of its signs."""
    gate(nose, "unsure")
    gate(nose, "no")
    assert (["same-day"], ["Heavy bleeding: Blood pours out and you feel weak or dizzy."]) == (
        seen(nose),
        lines(nose, "unsure"),
    )
    assert ["Not asked"] == lines(nose, "people")

    nose.locator("[data-way=again]").click()
    gate(nose, "yes")
    assert [
        "You said that at least one of these is true:",
        "Heavy bleeding: Blood pours out and you feel weak or dizzy.",
    ] == lines(nose, "present")
    assert ["Not asked"] == lines(nose, "denied")


def test_the_picture_shows_the_way_taken(nose: Page) -> None:
    """The questions passed are marked down to the one that led to the result; so is that result, also where it was raised or in doubt."""
    ended(nose, "takes-medicine", "none", "often")
    marked = nose.locator(".chart__picture--360 .is-taken")
    assert ["now", "more", "more", "you", "today", "soon"] == [
        each.get_attribute("data-step") for each in marked.all()
    ]
    assert "soon" == nose.locator(".chart__picture--360 .is-end").get_attribute("data-step")

    nose.locator("[data-way=again]").click()
    gate(nose, "unsure")
    gate(nose, "no")
    assert "same-day" == nose.locator(".chart__picture--360 .is-end").get_attribute("data-ends")


def test_words_of_the_picture_stay_in_their_boxes(tab: Page, real_address: str) -> None:
    """As the browser draws them, in our typeface and in the stand-in, no line of text leaves its box."""
    for id in FLOWS[1:]:
        tab.goto(f"{real_address}check/{id}/")
        tab.locator("[data-way=list]").click()
        for width, font in (
            (360, ""),
            (1280, ""),
            (360, "Verdana, 'DejaVu Sans', sans-serif"),
            (1280, "Verdana, 'DejaVu Sans', sans-serif"),
        ):
            tab.set_viewport_size({"width": width, "height": 720})
            tab.evaluate("font => document.body.style.fontFamily = font", font)
            out = tab.evaluate(
                """() => [...document.querySelectorAll(".chart__box text")].filter((line) => {
                    const box = line.parentElement.querySelector("rect").getBBox(), words = line.getBBox();
                    return box.width && words.x + words.width > box.x + box.width;
                }).map((line) => line.textContent)"""
            )
            assert [] == out, (id, width, font)


# ---------------------------------------------------------------------------------------------------------------------
# Without script, on paper, on a narrow screen


@pytest.mark.parametrize("name", NAMES)
def test_without_script_the_page_is_complete(name: str, playwright: Playwright, address: str) -> None:
    """Every question and result shows, each answer is a link to what it leads to, and there is nothing to fill in."""
    with launch(playwright, name, script=False) as browser:
        page = browser.new_context(java_script_enabled=name == "firefox").new_page()
        page.goto(address + NOSE)

        assert [
            "now",
            "more",
            "you",
            "today",
            "soon",
            "emergency",
            "same-day",
            "appointment",
            "self-care",
        ] == seen(page)
        assert 0 == page.locator("main :is(input, button):visible").count()
        assert (
            0 == page.locator(".note-slip:visible, .result__because:visible, .flow-answers:visible").count()
        )
        for id, answer, to in (
            ("now", "yes", "emergency"),
            ("more", "unsure", "same-day"),
            ("soon", "none", "self-care"),
        ):
            page.locator(f"#{id} [data-answer={answer}]").evaluate("link => link.click()")
            assert f"#{to}" == page.evaluate("location.hash")
            assert page.locator(f"#{to}").is_visible()


def test_all_steps_print(tab: Page, real_address: str) -> None:
    """From the first question the whole flow is printed: every sign and result. The picture is not: its words would be too small to read."""
    guide = load(ROOT)
    asked = [guide.criteria[sign] for step in guide.flows["neck-twitching"].steps for sign in step.signs]
    tab.goto(f"{real_address}check/neck-twitching/")

    paper = printed(tab)
    text = _letters(" ".join(paper))

    assert [] == [
        each.id for each in asked if _letters(each.sign) not in text or _letters(each.means) not in text
    ]
    assert [] == [level.id for level in guide.urgency.values() if _letters(level.do) not in text]
    assert "If none of these is true" not in " ".join(paper)
    assert len(paper) <= 14


def _letters(text: str) -> str:
    """A text without spaces: paper breaks lines where it likes."""
    return "".join(markup.plain(text).split())


def test_the_note_prints_alone_on_one_page(tab: Page, real_address: str) -> None:
    """'Print this note' prints the note and nothing else, on one page, also where every sign was asked."""
    tab.add_init_script("window.print = () => {}")
    tab.goto(f"{real_address}check/neck-twitching/")
    while tab.locator(".flow-step.is-now").count():
        now(tab).locator("button[value=no], input[value=none]").click()
        if now(tab).locator("input[value=none]:checked").count():
            now(tab).locator("button").click()
    tab.locator("button[value=note]").click()

    (paper,) = printed(tab)

    assert "This is not a medical record." in paper
    assert "Look after it at home" in paper
    assert "Hard to breathe" in paper
    assert "If none of these is true" not in paper

    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "You said that none of the warning signs is true." in printed(tab)[0]


def test_nothing_scrolls_sideways_on_a_narrow_screen(tab: Page, real_address: str) -> None:
    """At 320 px, the width of a small phone and of 400 % zoom, every step and result fits."""
    tab.set_viewport_size({"width": 320, "height": 640})
    for said in ("yes", "unsure", "no"):
        tab.goto(f"{real_address}check/neck-twitching/?{said}")
        for _ in walk(tab, said):
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab.locator("[data-way=list]").click()
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def walk(page: Page, said: str) -> Iterator[str]:
    """Each view of a run in which every gate gets this answer, and each step of ticks none; then, on the last step, an error."""
    while (step := now(page)).evaluate("each => each.matches('form')"):
        yield seen(page)[0]
        if step.get_attribute("data-kind") == "gate":
            gate(page, said)
            continue
        step.locator("button").click()
        yield "error"
        tick(page, "none")
    yield seen(page)[0]


def test_nothing_is_asked_of_the_network_and_nothing_is_stored(tab: Page, real_address: str) -> None:
    """From the first question to the result the page sends no request, keeps nothing, and puts no answer into its address."""
    tab.goto(f"{real_address}check/neck-twitching/", wait_until="networkidle")
    requests: list[str] = []
    # Chromium asks for the icon of the tab again at each step, from its own store.
    tab.on("request", lambda request: requests.append(request.url) if "favicon" not in request.url else None)

    addresses = [tab.url for _ in walk(tab, "no")]

    assert [] == requests
    assert [0, 0, ""] == tab.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert {"cookies": [], "origins": []} == tab.context.storage_state()
    assert [] == [each for each in addresses if "?" in each or len(each.partition("#")[2].split("=")) > 1]


EVERY_WAY, SHORTEST = ("no", "unsure", "yes"), ("yes",)
LOOKS = {
    "chromium": {(360, "light"): EVERY_WAY, (1280, "dark"): SHORTEST},
    "firefox": {(360, "light"): SHORTEST},
}
"""Width and colours in which the views are checked, with the ways that are walked there. `--every-view` walks every way in all of them."""


def test_every_view_is_accessible(
    browser: Browser, tab: Page, real_address: str, request: pytest.FixtureRequest
) -> None:
    """axe finds nothing wrong with any step, error, result or with the whole list."""
    for (width, scheme), short in LOOKS[browser.browser_type.name].items():
        ways = EVERY_WAY if request.config.getoption("--every-view") else short
        tab.set_viewport_size({"width": width, "height": 720})
        found = _all_violations(tab, f"{real_address}check/neck-twitching/", scheme, ways)

        assert (
            {"emergency", "same-day", "appointment", "self-care", "error"}
            if ways == EVERY_WAY
            else {"emergency"}
        ) <= found.keys()
        assert {} == {view: wrong for view, wrong in found.items() if wrong}


def _all_violations(tab: Page, address: str, scheme: str, ways: Sequence[str]) -> dict[str, list[str]]:
    """What is wrong with each view."""
    found = {}
    for said in ways:
        tab.goto(f"{address}?{said}")
        tab.evaluate("scheme => document.documentElement.dataset.scheme = scheme", scheme)
        for view in walk(tab, said):
            if view not in found:
                found[view] = _violations(tab)
        if said == "no":
            moved(tab, "back")
            tick(tab, "unsure")
            found[seen(tab)[0]] = _violations(tab)
    tab.locator("[data-way=list]").click()
    found["list"] = _violations(tab)
    return found


def _violations(page: Page) -> list[str]:
    report = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [f"{each['id']}: {node['target']}" for each in report["violations"] for node in each["nodes"]]
