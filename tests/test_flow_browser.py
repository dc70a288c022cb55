"""The check in the browsers people use.

It is played by keyboard, back and forth, translated, without script and on paper.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from browsers import NAMES, becomes, click_twice, printed, violations
from careguide.flow import plan as plans
from careguide.flow.plan import Plan, Reader
from careguide.guide.guide import Guide
from careguide.source import markup
from conftest import Start, Window, load
from playwright.sync_api import Browser, Locator, Page, expect
from sites import EXAMPLE

NOSE = "check/nosebleed/"
RUNS = 40
"""How many readers walk through each check in a browser; all their answers are drawn at random from one
seed."""

PLAY = """runs => { document.body.hidden = true;
    history.pushState = history.replaceState = Element.prototype.scrollIntoView = () => {};
    return runs.map((said) => {
    const flow = document.querySelector(".flow");
    const shown = (items) => [...items].filter((each) => !each.hidden);
    flow.querySelector("[data-way=start]").click();
    for (let step; (step = flow.querySelector(".flow-step.is-now")); ) {
        const { kind } = step.dataset;
        const lines = shown(step.querySelectorAll("[data-sign], [data-choice]"));
        const name = ({ dataset }) => dataset.sign ?? dataset.choice;
        const isTrue = (each) => said.contexts.includes(name(each)) || said.present.includes(name(each));
        const fits = lines.filter(isTrue);
        const doubt = lines.filter((each) => said.unsure.includes(name(each)));
        if (kind === "one") (fits[0] ?? lines.at(-1)).querySelector("button").click();
        else if (kind === "gate" && fits.length) fits[0].querySelector("button").click();
        else if (kind === "gate" && doubt.length) {
            step.querySelector("[data-way=which]").click();
            doubt[0].querySelector("button").click();
        } else {
            for (const each of fits) each.querySelector("input").checked = true;
            const times = shown(step.querySelectorAll("[data-time]"));
            if (kind === "gate") step.querySelector("[value=none]").click();
            else if (step.matches(".is-timed")) {
                const time = times.find(({ dataset }) => dataset.time === said.time) ?? times[0];
                time.querySelector("button").click();
            }
            else step.querySelector(fits.length ? "button[value='']" : "[value=none]").click();
        }
    }
    const result = flow.querySelector(".result.is-now");
    const because = result.querySelector("[data-because]");
    const texts = (list) => [...list].map((line) => line.textContent);
    return [
        result.id,
        because.hidden ? [] : texts(because.querySelectorAll("li")),
        texts(flow.querySelectorAll("[data-note=unsure] li")),
    ];
})}"""
"""Plays many readers in one page, each from the start, and tells what each result says. Meanwhile nothing is
laid out, and no address changes."""


@pytest.fixture(scope="module")
def guide(guide_root: Path) -> Guide:
    """The guide whose checks are played."""
    return load(guide_root)


@pytest.fixture
def symptom() -> str:
    """The symptom whose check is looked at."""
    return "nosebleed"


@pytest.fixture
def longest() -> str:
    """The symptom whose check is the longest of the guide."""
    return "nosebleed"


@pytest.fixture(scope="module", params=NAMES)
def browser(request: pytest.FixtureRequest, start: Start) -> Browser:
    """Each browser."""
    return start(request.param)


@pytest.fixture
def tab(browser: Browser, window: Window) -> Iterator[Page]:
    """A new tab on a phone, in which an error of a script fails the test."""
    errors: list[str] = []
    with window(browser, viewport={"width": 360, "height": 720}).new_page() as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
    assert errors == []


@pytest.fixture
def nose(tab: Page, address: str) -> Page:
    """The check of the example, at its start."""
    tab.goto(address + NOSE)
    return tab


# ------------------------------------------------------------------------------------------------------------
# What a reader does and sees


def still(page: Page) -> Page:
    """The page once a reader has had time to look: what is clicked sooner counts as a double click."""
    page.wait_for_timeout(400)
    expect(page.locator(".flow.is-new")).to_have_count(0)
    return page


def now(page: Page) -> Locator:
    """The screen or result in view."""
    return still(page).locator(".is-now")


def tap(page: Page, name: str) -> None:
    """Press the line of a context, a sign or a time."""
    now(page).locator(f":is([data-choice={name}], [data-sign={name}], [data-time={name}]) button").click()


def none(page: Page) -> None:
    """Say that nothing here is true."""
    now(page).locator("[value=none]").click()


def tick(page: Page, *names: str) -> None:
    """Tick some boxes or signs, and go on."""
    for name in names:
        now(page).locator(f":is([data-choice={name}], [data-sign={name}]) input").check()
    now(page).locator("button[value='']").click()


def well(page: Page) -> None:
    """An adult says no to everything up to the last screen."""
    tap(page, "adult")
    for _ in range(3):
        none(page)


def seen(page: Page) -> list[str]:
    """The screens and results in view."""
    return page.locator(":is(.flow-step, .result):visible").evaluate_all("all => all.map(({ id }) => id)")


def shows(page: Page, *names: str) -> None:
    """These screens and results are in view, and no other, at the latest once the page has caught up."""
    becomes(page, lambda: seen(page), [*names])


def asks(page: Page, *signs: str) -> None:
    """The screen in view asks these signs."""
    lines = now(page).locator("[data-sign]:visible")
    becomes(page, lambda: lines.evaluate_all("all => all.map(({ dataset }) => dataset.sign)"), [*signs])


def in_focus(page: Page, words: str) -> None:
    """What has the focus says these words."""
    expect(page.locator(":focus")).to_contain_text(words)


def named(page: Page, start: str) -> None:
    """The tab's title starts like this."""
    expect(page).to_have_title(re.compile(f"^{re.escape(start)}"))


def note(page: Page, name: str) -> list[str]:
    """What the note says under a name."""
    return page.locator(f"[data-note={name}] li").all_text_contents()


def move(page: Page, way: str, *names: str) -> None:
    """After the browser's Back or Forward these are in view, one after the other.

    Playwright's own waits for a page to load; here none does.
    """
    for name in names:
        page.evaluate(f"history.{way}()")
        shows(page, name)


# ------------------------------------------------------------------------------------------------------------
# Answering


def test_the_first_question_shows_at_once_and_alone(nose: Page) -> None:
    """It is there without a click. The focus stays where the reader left it."""
    shows(nose, "who")
    named(nose, "Who is this for? - ")
    assert nose.evaluate("document.activeElement.tagName") == "BODY"


def test_player_equals_flow(symptom: str, tab: Page, address: str, guide: Guide) -> None:
    """Whatever readers answer, the script ends where the plan does, and for the same reasons."""
    flow = plans.flow_of(guide, symptom)
    assert flow
    plan = plans.plan(symptom, flow, guide)
    readers = [*_some(plan)]
    tab.goto(f"{address}check/{symptom}/")

    found = tab.evaluate(PLAY, [_answers(reader) for reader in readers])

    assert len(readers) >= RUNS
    for reader, end in zip(readers, found, strict=True):
        assert end == _end(plan, reader, guide), reader


def _some(plan: Plan) -> Iterator[Reader]:
    """Readers of a large check: few of their signs are true, or nobody would come far."""
    drawn = random.Random(plan.id)
    contexts = [each for screen in plan.screens for each in screen.contexts]
    lines = [line.id for screen in plan.screens for line in screen.lines]
    gates = [line.id for screen in plan.screens if screen.kind == "gate" for line in screen.lines]
    times = [time.id for screen in plan.screens for time in screen.times]
    for _ in range(RUNS):
        mine = frozenset(drawn.sample(contexts, drawn.randrange(3)))
        present = frozenset(drawn.sample(lines, drawn.randrange(3)))
        unsure = frozenset(drawn.sample(gates, drawn.randrange(min(4, len(gates))))) - present
        yield Reader(mine, present, unsure, drawn.choice(times))


def _answers(reader: Reader) -> dict[str, Any]:
    """What a reader says, for the script."""
    return {
        "contexts": sorted(reader.contexts),
        "present": sorted(reader.present),
        "unsure": sorted(reader.unsure),
        "time": reader.time,
    }


def _end(plan: Plan, reader: Reader, guide: Guide) -> list[Any]:
    """A reader's result as the page tells it: one line of a gate is pressed, so the first that is true."""
    found = plans.end_of(plan, reader)
    gate = any(
        line.id in found.because for each in plan.screens if each.kind == "gate" for line in each.lines
    )
    because = found.because[:1] if gate else found.because
    nothing = [guide.words.text("flow.slip.nothing")]
    unsure = () if gate else found.unsure
    levels = {line.id: line.level for screen in plan.screens for line in screen.lines}
    if any(levels[each] == found.level for each in unsure):
        unsure = unsure[:1]  # the first doubt that leads as high as its sign ends the check
    if found.time and not found.because and not found.unsure and found.level != plan.levels[-1]:
        flow = plans.flow_of(guide, plan.id)
        assert flow
        labels = [" ".join(markup.plain(time.label).split()) for time in flow.times if time.id == found.time]
        return [found.level, labels, nothing]
    return [found.level, _words(because, guide), _words(unsure, guide) or nothing]


def _words(signs: tuple[str, ...], guide: Guide) -> list[str]:
    return [" ".join(markup.plain(sign.sign).split()) for sign in guide.pick("criteria", signs)]


def test_a_whole_run_by_keyboard(nose: Page) -> None:
    """Tab, Space and Enter are enough.

    After each answer the new question has the focus, and the tab's title names it.
    """
    press = nose.keyboard.press
    nose.locator("#who [data-choice=adult] button").focus()
    press("Enter")
    in_focus(nose, "Is this happening now?")
    named(nose, "Is this happening now? - ")

    press("Tab")
    press("Tab")
    press("Enter")
    in_focus(nose, "Is this true of you?")

    press("Tab")
    press("Space")
    press("Tab")
    press("Tab")
    press("Enter")
    in_focus(nose, "Is any of this true?")
    expect(nose.locator("[data-sign=often-thinned]")).to_be_visible()

    press("Tab")
    press("Space")
    for _ in range(3):
        press("Tab")
    press("Enter")
    shows(nose, "same-day")


@pytest.mark.chromium_is_enough
def test_an_answer_is_wanted(nose: Page) -> None:
    """Going on without a tick says what to do, takes the focus there, and marks the tab's title."""
    tap(nose, "adult")
    none(nose)
    tick(nose)

    named(nose, "Error")
    expect(nose.locator(".error:focus")).not_to_be_empty()
    shows(nose, "boxes")

    tick(nose, "medicine")
    shows(nose, "today")
    expect(nose).not_to_have_title(re.compile("Error"))


@pytest.mark.chromium_is_enough
def test_none_and_a_tick_together_are_refused(nose: Page) -> None:
    """Who ticks a line and presses 'none' is asked again: nothing is lost unseen."""
    tap(nose, "adult")
    none(nose)
    now(nose).locator("[data-choice=medicine] input").check()
    none(nose)

    shows(nose, "boxes")
    named(nose, "Error")


@pytest.mark.chromium_is_enough
def test_only_what_applies_is_asked(nose: Page) -> None:
    """A sign for children shows where the child was chosen, and no other time."""
    for who, shown in (("adult", ["heavy"]), ("child", ["bead", "heavy"])):
        nose.reload()
        tap(nose, who)
        asks(nose, *shown)


@pytest.mark.chromium_is_enough
def test_not_sure_asks_of_which_line(nose: Page) -> None:
    """The doubt is kept, the other lines are asked without it, and the result says that it was a doubt."""
    tap(nose, "child")
    now(nose).locator("[data-way=which]").click()
    named(nose, "Of which?")
    question = now(nose).get_by_role("heading")
    expect(question.get_by_text("Of which?")).to_be_visible()
    tap(nose, "heavy")

    asks(nose, "bead")
    expect(question.get_by_text("We have noted that.")).to_be_visible()
    expect(question.get_by_text("Of which?")).to_be_hidden()
    none(nose)
    none(nose)
    shows(nose, "same-day")
    expect(now(nose)).to_contain_text("say that you are not sure")
    assert note(nose, "unsure") == ["Blood pours out and you feel weak or dizzy."]


def test_the_second_click_of_two_answers_nothing(nose: Page) -> None:
    """A double click answers one question, not the next one unseen."""
    click_twice(now(nose).locator("[data-choice=adult] button"))

    shows(nose, "now")


def test_what_is_not_painted_yet_cannot_be_answered(nose: Page) -> None:
    """A slow phone shows a screen long after the tap: a finger that taps again means the one before."""
    flow, new = nose.locator(".flow"), re.compile(r"\bis-new\b")
    nose.evaluate("requestAnimationFrame = (painted) => { window.painted = painted }")
    tap(nose, "adult")
    nose.wait_for_timeout(400)
    click = "new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 })"
    nose.evaluate(f"document.querySelector('.is-now [value=none]').dispatchEvent({click})")
    shows(nose, "now")

    nose.evaluate("painted()")
    expect(flow).not_to_have_class(new)
    none(nose)
    expect(nose.locator("#boxes.is-now, #today.is-now")).to_have_count(1)


def test_the_second_click_of_two_and_a_key_that_is_held_undo_nothing(nose: Page) -> None:
    """What a shaking hand switches or ticks stays so."""
    root, scheme = nose.locator("html"), nose.locator("[data-does=scheme]")
    still(nose).set_viewport_size({"width": 1280, "height": 720})
    click_twice(scheme)
    expect(root).to_have_attribute("data-scheme", "dark")
    scheme.focus()
    for _ in range(4):
        nose.keyboard.down("Enter")
    nose.keyboard.up("Enter")
    expect(root).to_have_attribute("data-scheme", "light")

    tap(nose, "adult")
    none(nose)
    words = now(nose).locator("label:visible")
    click_twice(words.first)
    expect(nose.locator(".is-now input:checked")).to_have_count(1)


@pytest.mark.chromium_is_enough
def test_a_result_says_what_to_do_until_then(nose: Page) -> None:
    """It says why, and only what is for the sign that led to it."""
    tap(nose, "adult")
    none(nose)
    none(nose)
    tick(nose, "long")

    texts = now(nose).locator("[data-meanwhile]:visible")
    assert ["long" in str(each.get_attribute("data-meanwhile")).split() for each in texts.all()] == [True]
    assert "The nose still bleeds after you press it for 15 minutes." in now(nose).inner_text()


@pytest.mark.chromium_is_enough
def test_a_forgotten_box_can_be_taken_at_the_end(nose: Page) -> None:
    """A calm result asks once more; what is then asked is only what is new, and the result can only rise."""
    well(nose)
    tap(nose, "short")
    shows(nose, "self-care")

    now(nose).locator("[data-again=medicine]").click()
    asks(nose, "often-thinned")
    tick(nose, "often-thinned")
    shows(nose, "same-day")


# ------------------------------------------------------------------------------------------------------------
# Moving about


def test_back_and_forward(nose: Page) -> None:
    """Back shows each earlier question with the focus on it; Forward returns."""
    well(nose)

    move(nose, "back", "today", "boxes", "now")
    in_focus(nose, "Is this happening now?")
    move(nose, "forward", "boxes", "today", "last")

    still(nose).locator("[data-way=back]").first.click()
    shows(nose, "today")


@pytest.mark.chromium_is_enough
def test_an_answer_can_be_changed(nose: Page) -> None:
    """'Change' leads to the question, and the check goes on from there."""
    well(nose)
    tap(nose, "short")

    still(nose).locator(".flow-answers summary").click()
    still(nose).locator("[data-told=today] a").click()
    shows(nose, "today")
    tick(nose, "long")
    shows(nose, "same-day")


@pytest.mark.chromium_is_enough
def test_a_link_into_the_middle_starts_at_the_first_question(tab: Page, address: str) -> None:
    """Without answers no link leads past the emergency signs.

    A line says why, and goes with the first answer.
    """
    for name in ("last", "self-care"):
        tab.goto("about:blank")
        tab.goto(f"{address}{NOSE}#{name}")
        line = tab.locator("[data-linked]")

        shows(tab, "who")
        expect(line).to_have_text(str(line.get_attribute("data-linked")))

        tap(tab, "adult")
        expect(line).to_be_empty()


@pytest.mark.chromium_is_enough
def test_a_link_can_say_who_it_is_for(tab: Page, address: str) -> None:
    """`#for=child` answers the first question, which Back still shows."""
    tab.goto(f"{address}{NOSE}#for=child")

    shows(tab, "now")
    expect(now(tab).locator("[data-sign=bead]")).to_be_visible()


@pytest.mark.chromium_is_enough
def test_reload_starts_again(nose: Page) -> None:
    """Nothing is kept: after a reload no box is ticked, and the first question shows."""
    well(nose)
    nose.reload()

    shows(nose, "who")
    expect(nose.locator("input:checked")).to_have_count(0)


@pytest.mark.chromium_is_enough
def test_start_again_forgets_everything(nose: Page) -> None:
    """One button leads back to the first question, with no answer and no tick."""
    tap(nose, "adult")
    none(nose)
    now(nose).locator("[data-choice=medicine] input").check()
    still(nose).locator("[data-way=start]").first.click()

    shows(nose, "who")
    expect(nose.locator("input:checked")).to_have_count(0)


def test_a_translated_page_works_as_well(nose: Page) -> None:
    """Translators wrap words into elements of their own. Answers hang on none of them."""
    nose.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.querySelector(".flow"), NodeFilter.SHOW_TEXT);
            const texts = [];
            while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
            for (const text of texts) {
                const font = document.createElement("font");
                text.replaceWith(font);
                font.append(Object.assign(document.createElement("font"), { textContent: `ü ${text.data}` }));
            }
        }"""
    )
    now(nose).locator("[data-choice=child] font font").first.click()
    now(nose).locator("[data-sign=bead] font font").first.click()

    shows(nose, "emergency")


OLD_BROWSER = """
    for (const name of ["querySelector", "querySelectorAll"]) {
        for (const { prototype } of [Document, Element]) {
            const real = prototype[name];
            prototype[name] = function (selector) {
                if (selector.includes(":has(")) throw new SyntaxError(selector);
                return real.call(this, selector);
            };
        }
    }
    for (const name of ["at", "findLast", "findLastIndex", "toSorted", "with"]) delete Array.prototype[name];
    delete SubmitEvent.prototype.submitter;
    delete HTMLDialogElement.prototype.showModal;
    delete HTMLElement.prototype.hidePopover;
"""
"""What Firefox 115 or Safari 15 do not know, of what the others do."""


@pytest.mark.parametrize("script", [OLD_BROWSER, "document.documentElement.lang = 'auto'"])
def test_an_old_browser_and_a_translator_reach_a_result(tab: Page, address: str, script: str) -> None:
    """With its note; and an answer can be changed. A translator may not know the page's language."""
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    if script == OLD_BROWSER:
        tab.add_init_script(script)
    tab.goto(address + NOSE)
    tab.evaluate(script if script != OLD_BROWSER else "0")
    tap(tab, "child")
    tap(tab, "bead")

    shows(tab, "emergency")
    named(tab, tab.locator("#emergency .result__name").inner_text())
    assert note(tab, "date")[0]
    assert note(tab, "advice") == [tab.locator("#emergency .result__name").inner_text()]
    still(tab).locator("[data-way=start]:visible").first.click()
    tap(tab, "adult")
    none(tab)
    shows(tab, "boxes")
    assert [] == errors


@pytest.mark.parametrize("never", [True, False], ids=["it does not come", "it is refused"])
def test_a_page_is_not_white_while_its_script_is_awaited(tab: Page, address: str, *, never: bool) -> None:
    """Its name is there at once, and soon the questions as one list."""
    script = page_scripts(tab, address)[-1]
    questions = tab.locator(".flow-step").count()
    tab.route(script, lambda route: None if never else route.abort())
    tab.goto(address + NOSE, wait_until="commit")

    expect(tab.locator("h1")).to_be_visible()
    # All of them, and awaited: before the style sheet has come, the first one can be seen for a moment.
    expect(tab.locator(".flow-step:visible")).to_have_count(questions)
    tab.evaluate(
        "new Promise((done) => new PerformanceObserver((all) =>"
        " all.getEntriesByName('first-contentful-paint').forEach(done))"
        ".observe({ type: 'paint', buffered: true }))"
    )


def page_scripts(tab: Page, address: str) -> list[str]:
    """The addresses of the scripts of a check."""
    tab.goto(address + NOSE)
    return [str(each.evaluate("script => script.src")) for each in tab.locator("script[src]").all()]


@pytest.mark.chromium_is_enough
def test_all_as_one_list(nose: Page) -> None:
    """The list shows every question, the signs that are only for some people, and every result."""
    still(nose).locator("[data-way=list]").click()

    shows(nose, "who", "now", "boxes", "today", "last", "emergency", "same-day", "appointment", "self-care")
    expect(nose.locator(".flow-controls:visible")).to_have_count(0)


# ------------------------------------------------------------------------------------------------------------
# The country, the note, the picture


def test_numbers_are_those_of_the_readers_country(tab: Page, address: str) -> None:
    """The first country's numbers stand there until another is chosen."""
    for query, number in (("", 0), ("?in=yy", 1)):
        country = list(load(EXAMPLE).services.values())[number]
        tab.goto(f"{address}{NOSE}{query}")
        tap(tab, "adult")
        tap(tab, "heavy")

        links = now(tab).locator("a[href^='tel:']:visible").all()
        assert f"tel:{country.call.emergency}" in [each.get_attribute("href") for each in links], query


@pytest.mark.chromium_is_enough
def test_the_note_says_what_was_answered(nose: Page) -> None:
    """Advice, people, signs present and in doubt as answered; what was denied is counted by level."""
    tap(nose, "adult")
    none(nose)
    tick(nose, "medicine")
    tick(nose, "often-thinned")

    assert note(nose, "advice") == [now(nose).locator(".result__name").inner_text()]
    assert note(nose, "people") == ["Me, or any other adult", "A medicine that thins the blood"]
    assert note(nose, "present") == [
        "You take a medicine that thins the blood, and your nose bleeds every week."
    ]
    assert len(note(nose, "denied")) == 2
    assert str(nose.evaluate("new Date().getFullYear()")) in note(nose, "date")[0]


@pytest.mark.chromium_is_enough
def test_the_picture_shows_the_way_taken(nose: Page) -> None:
    """The questions passed are marked down to the one that led to the result."""
    tap(nose, "adult")
    none(nose)
    none(nose)
    tick(nose, "long")

    marked = nose.locator(".chart__picture--360 .is-taken").all()
    assert [each.get_attribute("data-step") for each in marked] == ["who", "now", "boxes", "today"]
    assert nose.locator(".chart__picture--360 .is-end").get_attribute("data-step") == "today"


@pytest.mark.chromium_is_enough
def test_words_of_the_picture_stay_in_their_boxes(symptom: str, tab: Page, address: str) -> None:
    """As the browser draws them, in our typeface and in the stand-in, no line of text leaves its box."""
    tab.goto(f"{address}check/{symptom}/")
    still(tab).locator("[data-way=list]").click()
    for width, font in product((360, 1280), ("", "Verdana, 'DejaVu Sans', sans-serif")):
        tab.set_viewport_size({"width": width, "height": 720})
        tab.evaluate("font => document.body.style.fontFamily = font", font)
        out = tab.evaluate(
            """() => [...document.querySelectorAll(".chart__box text")].filter((line) => {
                const box = line.parentElement.querySelector("rect").getBBox(), words = line.getBBox();
                return box.width && words.x + words.width > box.x + box.width;
            }).map((line) => line.textContent)"""
        )
        assert out == [], (width, font)


# ------------------------------------------------------------------------------------------------------------
# Without script, on paper, on a narrow screen


@pytest.mark.parametrize("name", NAMES)
def test_without_script_the_page_is_complete(name: str, start: Start, address: str) -> None:
    """Every question, group of people and result shows, each with a link to what it leads to.

    Nothing is to be filled in.
    """
    without = {"java_script_enabled": False} if name == "chromium" else {}
    with start(name, script=name == "chromium").new_page(**without) as page:
        page.goto(address + NOSE)

        shows(
            page, "who", "now", "boxes", "today", "last", "emergency", "same-day", "appointment", "self-care"
        )
        assert page.locator(".flow :is(input, button):visible").count() == 0
        assert (
            page.locator(".note-slip:visible, .result__because:visible, .flow-answers:visible").count() == 0
        )
        assert page.locator(".flow-contexts [data-sign=bead]").is_visible()
        for part, to in (("#now", "emergency"), ("#today", "same-day"), (".flow-contexts", "emergency")):
            page.locator(f"{part} a.to").first.evaluate("link => link.click()")
            becomes(page, lambda: page.url, f"{address}{NOSE}#{to}")


@pytest.mark.chromium_is_enough
def test_everything_prints(longest: str, tab: Page, address: str, guide: Guide) -> None:
    """From the first question the whole check is printed: every sign with its hint, and every result."""
    flow = plans.flow_of(guide, longest)
    assert flow
    plan = plans.plan(longest, flow, guide)
    asked = guide.pick("criteria", [line.id for screen in plan.screens for line in screen.lines])
    tab.goto(f"{address}check/{longest}/")
    still(tab).locator("[data-way=list]").click()

    text = _letters(" ".join(printed(tab)))

    assert asked
    assert [each.id for each in asked if _letters(each.sign) not in text] == []
    if "chromium" in str(tab.context.browser and tab.context.browser.browser_type.name):
        # Firefox draws heavier letters as outlines, in which no words are found.
        assert [level.id for level in guide.urgency.values() if _letters(level.title) not in text] == []


def _letters(text: str) -> str:
    """A text without spaces: paper breaks lines where it likes."""
    return "".join(markup.plain(text).split())


@pytest.mark.chromium_is_enough
def test_the_note_prints_alone_on_one_page(longest: str, tab: Page, address: str) -> None:
    """'Print this note' prints the note and nothing else, on one page, also where every sign was asked."""
    tab.add_init_script("window.print = () => {}")
    tab.goto(f"{address}check/{longest}/")
    list(walk(tab, "none"))
    still(tab).locator(".note summary").click()
    still(tab).locator("button[value=note]").click()

    (paper,) = printed(tab)

    assert "This is not a medical record." in paper
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert printed(tab) != [paper]


def walk(page: Page, said: str) -> Iterator[str]:
    """Each view of a run of an adult who says none to everything, or yes to the first sign of all."""
    while (step := now(page)).evaluate("each => each.matches('form')"):
        yield seen(page)[0]
        if step.get_attribute("data-kind") == "one":
            tap(page, "adult")
        elif step.evaluate("each => each.matches('.is-timed')"):
            step.locator("[data-time]:visible button").first.click()
        elif step.get_attribute("data-kind") == "gate" and said == "yes":
            step.locator("[data-sign]:visible button").first.click()
        else:
            none(page)
    yield seen(page)[0]


@pytest.mark.chromium_is_enough
def test_nothing_scrolls_sideways_on_a_narrow_screen(longest: str, tab: Page, address: str) -> None:
    """At 320 px, the width of a small phone and of 400 % zoom, every screen and result fits."""
    tab.set_viewport_size({"width": 320, "height": 640})
    for said in ("yes", "none"):
        tab.goto(f"{address}check/{longest}/?{said}")
        views = list(walk(tab, said))
        assert len(views) > 1
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    still(tab).locator("[data-way=list]").click()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.chromium_is_enough
def test_nothing_is_asked_of_the_network_and_nothing_is_stored(longest: str, tab: Page, address: str) -> None:
    """From the first question to the result the page sends no request and keeps nothing.

    Nor does it put an answer into its address.
    """
    tab.goto(f"{address}check/{longest}/", wait_until="networkidle")
    requests: list[str] = []
    # Chromium asks for the icon of the tab again at each step, from its own store.
    tab.on("request", lambda request: requests.append(request.url) if "favicon" not in request.url else None)

    addresses = [tab.url for _ in walk(tab, "none")]

    assert len(addresses) > 5
    assert requests == []
    assert tab.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert tab.context.storage_state() == {"cookies": [], "origins": []}
    assert [each for each in addresses if "?" in each or "=" in each] == []


LOOKS = {"chromium": [(360, "light"), (1280, "dark")], "firefox": [(360, "light")]}
"""Width and colours in which the views are checked."""


@pytest.mark.chromium_is_enough
def test_every_view_is_accessible(
    longest: str, browser: Browser, tab: Page, address: str, request: pytest.FixtureRequest
) -> None:
    """Axe finds nothing wrong with any screen, error or result, nor with the whole list."""
    ways = (
        ("yes", "none")
        if browser.browser_type.name == "chromium" or request.config.getoption("--every-view")
        else ("yes",)
    )
    looks = LOOKS[browser.browser_type.name]
    for width, scheme in looks if request.config.getoption("--every-view") else looks[:1]:
        tab.set_viewport_size({"width": width, "height": 720})
        found: dict[str, list[str]] = {}
        for said in ways:
            tab.goto(f"{address}check/{longest}/?{said}")
            tab.evaluate("scheme => document.documentElement.dataset.scheme = scheme", scheme)
            for view in walk(tab, said):
                if view not in found:
                    found[view] = violations(tab)
        still(tab).locator("[data-way=list]").click()
        found["list"] = violations(tab)

        assert "emergency" in found
        assert {view: wrong for view, wrong in found.items() if wrong} == {}
