"""The copy that a reader's browser keeps, with a host that can go away, change, and be of another day."""

from __future__ import annotations

import re
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from browsers import until
from careguide.hosting import offline_copy
from careguide.hosting.headers import POLICY
from conftest import EXAMPLE, load
from playwright.sync_api import Browser, Page, expect
from sites import Handler, served

DAY = 86_400
NOTE = ".offline-copy__age"


class Host(SimpleNamespace):
    """A host, and what is the matter with it."""

    address: str
    folder: Path
    now: float
    """When the test began, in seconds: the day of a test does not change at midnight."""
    days_ago: float
    """How old it says that its answers are."""
    away: bool
    """Whether nobody can reach it."""
    broken: str
    """The page that it cannot send."""
    asked: list[str]
    """What it was asked for."""


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    """The example guide under a path of a host that sends the policy, by a name that is not localhost."""
    state = Host(folder=tmp_path / "repo", now=time.time(), days_ago=0, away=False, broken="", asked=[])
    shutil.copytree(site, state.folder, ignore=shutil.ignore_patterns("*.pdf", "cards"))
    worker = state.folder / "worker.js"
    worker.write_text(patient(worker.read_text(encoding="utf-8")), encoding="utf-8")

    class Changing(Handler):
        def do_GET(self) -> None:  # noqa: N802 - Python's own name for it
            state.asked.append(self.path)
            if state.away:
                self.close_connection = True
                with suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            if self.path == state.broken:
                self.send_error(500)
                return
            super().do_GET()

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(timestamp or state.now - state.days_ago * DAY)

    with served(tmp_path, Changing) as address:
        state.address = f"{address.replace('127.0.0.1', 'guide.localhost')}repo/"
        yield state


def patient(script: str) -> str:
    """The worker as it waits for a host that is merely slow, as this machine may be."""
    assert "PATIENCE=4_000" in script
    return script.replace("PATIENCE=4_000", "PATIENCE=100_000")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A reader who has never been here."""
    with browser.new_context(viewport={"width": 360, "height": 720}) as context:
        yield context.new_page()


def visit(tab: Page, host: Host, path: str = "") -> None:
    """Look at a page, and stay until the copy is made."""
    tab.goto(host.address + path)
    tab.evaluate(
        "new Promise((done) => navigator.serviceWorker.controller"
        " ? done() : navigator.serviceWorker.addEventListener('controllerchange', () => done()))"
    )


def kept(tab: Page) -> list[str]:
    """The addresses of all that the browser keeps."""
    return tab.evaluate(
        "(async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat())()"
    )


def test_one_visit_is_enough_to_read_offline(tab: Page, host: Host) -> None:
    """Pages that were never opened, in their own look; the questions, the search and the sheets."""
    visit(tab, host)
    assert host.address == tab.evaluate("navigator.serviceWorker.ready.then((each) => each.scope)")
    assert all(each.startswith(host.address) for each in kept(tab))  # another site of the host is not its own
    host.away = True

    tab.goto(host.address + "when-to-get-help/?in=uk")
    assert tab.locator("h1").inner_text()
    assert all(tab.evaluate("[...document.styleSheets].map((each) => each.cssRules.length > 0)"))

    tab.goto(host.address + "check/nosebleed/")
    assert tab.locator(".flow--on .is-now").count() == 1

    tab.goto(host.address + "causes/dry-air/index.html")
    tab.locator("header [data-does=search]").first.click()
    tab.keyboard.type("nosebleed")
    assert tab.locator(".search__pages > li").first.inner_text()

    tab.goto(host.address + "handouts/nosebleed/tailor")  # without its slash
    assert tab.locator("form").is_visible()
    assert tab.locator(NOTE).count() == 0


def test_what_is_not_kept_says_so_and_leads_to_what_is(tab: Page, host: Host) -> None:
    """Such as a sheet as PDF: only pages are kept."""
    visit(tab, host)
    assert not [each for each in kept(tab) if each.endswith((".pdf", ".png")) and "favicon" not in each]
    host.away = True

    assert 503 == tab.goto(host.address + "handouts/nosebleed/other/").status
    expect(tab.locator("h1")).to_have_text("You are offline")
    tab.get_by_role("link", name="When to get help").click()
    tab.wait_for_url(host.address + "when-to-get-help/")


def test_old_advice_says_how_old_it_is(tab: Page, host: Host) -> None:
    """By the day that the host gave it, before anything else, also on a sheet, on screen and in print."""
    host.days_ago = 31
    visit(tab, host, "when-to-get-help/")
    tab.reload()
    assert tab.locator(NOTE).count() == 0  # the host still sends it
    host.away = True

    day = time.localtime(host.now - 31 * DAY)
    for path in ("handouts/nosebleed/", "check/nosebleed/", "when-to-get-help/"):
        tab.goto(host.address + path)
        note = tab.locator(NOTE)
        assert f"{day.tm_mday} {time.strftime('%B %Y', day)}" in note.inner_text()
        assert "may have changed" in note.inner_text()
        assert note.evaluate("each => each === document.body.firstElementChild && each.offsetHeight > 30")
    tab.mouse.wheel(0, 3000)
    until(tab, lambda: tab.evaluate("scrollY > 100"))
    assert note.evaluate("each => each.getBoundingClientRect().top") >= 0
    tab.emulate_media(media="print")
    assert note.is_visible()


def test_a_copy_that_the_host_confirms_is_as_old_as_that(tab: Page, host: Host) -> None:
    """It was made long ago, and is still what the host has: one small file says so. 29 days alarm nobody."""
    host.days_ago = 90
    visit(tab, host)
    host.days_ago = 29
    host.asked.clear()
    tab.goto(host.address + "about/")
    until(tab, lambda: day_of(tab, host, "worker.js") > day_of(tab, host, "when-to-get-help/"))
    assert "/repo/worker.js" in host.asked
    host.away = True
    tab.goto(host.address + "when-to-get-help/")

    assert tab.locator("h1").inner_text()
    assert tab.locator(NOTE).count() == 0


def test_a_host_that_gives_no_day_is_not_believed(tab: Page, host: Host) -> None:
    """Nor is one whose day is to come: a clock is wrong."""
    host.days_ago = -60
    visit(tab, host)
    host.away = True
    tab.goto(host.address + "when-to-get-help/")

    assert "cannot tell how old" in tab.locator(NOTE).inner_text()


def day_of(tab: Page, host: Host, path: str) -> int:
    """The day that the host gave what is kept, in milliseconds."""
    read = "path => caches.match(path).then((kept) => Date.parse(kept.headers.get('date')))"
    return int(tab.evaluate(read, host.address + path))


def holds(tab: Page, host: Host, path: str, words: str) -> bool:
    """Whether what is kept of a page says something."""
    read = "path => caches.match(path).then((kept) => kept.text())"
    return words in str(tab.evaluate(read, host.address + path))


def update(tab: Page) -> None:
    """Let the browser find that the host has another version, and stay until it is the one in use.

    It may have found that by itself already, so no event is waited for.
    """
    tab.evaluate("navigator.serviceWorker.ready.then((each) => each.update()).then(() => null)")
    used = (
        "navigator.serviceWorker.ready.then(({ installing, waiting, active }) => !installing && !waiting"
        " && active.state === 'activated' && navigator.serviceWorker.controller === active)"
    )
    until(tab, lambda: bool(tab.evaluate(used)))


def change(host: Host) -> None:
    """Publish another version, in which one page is different."""
    page = host.folder / "about/index.html"
    text = page.read_text(encoding="utf-8").replace("</h1>", "</h1><p>Something new.</p>")
    page.write_text(re.sub(r'data-version="\w+"', 'data-version="0badcafe"', text), encoding="utf-8")
    script = offline_copy.script(host.folder, {"": load(EXAMPLE)})
    (host.folder / "worker.js").write_text(patient(script), encoding="utf-8")


def test_a_change_is_told_to_whoever_has_the_page_open(tab: Page, host: Host) -> None:
    """And a press shows it. Offline, everybody has the new one then."""
    visit(tab, host, "about/")
    changed = tab.get_by_text("This guide has changed")
    expect(changed).not_to_be_visible()
    change(host)
    update(tab)
    expect(changed).to_be_visible()
    tab.get_by_role("button", name="Reload").click()

    expect(tab.get_by_text("Something new.")).to_be_visible()
    expect(changed).not_to_be_visible()
    host.away = True
    tab.goto(host.address + "about/")
    expect(tab.get_by_text("Something new.")).to_be_visible()


def test_a_page_that_changed_and_did_not_come_says_so_until_it_comes(tab: Page, host: Host) -> None:
    """However young the copy is: what it says may be from before a sign became more urgent."""
    host.days_ago = 1
    visit(tab, host)
    host.broken = "/repo/about/"
    host.asked.clear()
    change(host)
    update(tab)
    assert host.broken in host.asked
    host.away = True
    tab.goto(host.address + "about/")
    expect(tab.locator(NOTE)).to_contain_text("may have changed")

    host.away, host.broken = False, ""
    host.asked.clear()
    tab.goto(host.address + "causes/")
    until(tab, lambda: holds(tab, host, "about/", "Something new."))
    assert "/repo/about/" in host.asked
    host.away = True
    tab.goto(host.address + "about/")
    expect(tab.get_by_text("Something new.")).to_be_visible()
    assert tab.locator(NOTE).count() == 0


def test_a_page_that_did_not_change_is_left_alone(tab: Page, host: Host) -> None:
    """Another page is different, which is nothing to whoever reads this one."""
    visit(tab, host, "causes/dry-air/")
    change(host)
    with tab.expect_event("requestfinished", lambda request: "/causes/dry-air/" in request.url) as looked:
        update(tab)
    assert looked.value.response().text()  # and what it looked at is the same

    assert not tab.get_by_text("This guide has changed").is_visible()


def test_where_its_script_is_gone_nothing_is_kept(tab: Page, host: Host) -> None:
    """So a guide that wants no copies gets rid of those there are."""
    host.days_ago = 1
    visit(tab, host)
    assert kept(tab)
    (host.folder / "worker.js").unlink()
    tab.goto(host.address + "about/")

    until(tab, lambda: not kept(tab))

    def is_gone() -> bool:
        """A browser lets go of it once no page is open."""
        tab.goto("about:blank")
        tab.goto(host.address)
        return tab.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")

    until(tab, is_gone)
    assert [] == kept(tab)


def test_nobody_who_works_on_the_guide_gets_a_copy(tab: Page, address: str) -> None:
    """On this machine a change must be seen at once."""
    tab.goto(address)
    tab.wait_for_load_state("networkidle")

    assert [] == tab.evaluate("navigator.serviceWorker.getRegistrations()")


# ------------------------------------------------------------------------------------------------------------
# What the copy is made of


def test_what_is_needed_most_is_kept_where_not_all_has_room(tmp_path: Path) -> None:
    """Signs and questions before sources; what is too large is left out, and smaller files still come in."""
    sizes = {
        "assets/look/frame.0.css": 100_000,
        "index.html": 100_000,
        "when-to-get-help/index.html": 1_000_000,
        "check/x/index.html": 1_000_000,
        "es/check/x/index.html": 500_000,
        "handouts/es/x/index.html": 5_000,
        "find-care/es/index.html": 5_000,
        "causes/x/index.html": 700_000,
        "clinicians/x/index.html": 200_000,
        "sources/index.html": 90_000,
    }
    for path, size in sizes.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(bytes(size))
    script = offline_copy.script(tmp_path, {"": load(EXAMPLE), "es": load(EXAMPLE)})

    assert '"es":{"assets/look/frame.0.css":"' in script  # a copy of its own
    assert script.count('"es/check/x/":') == 1
    english, _, spanish = script.partition('"es":{')
    assert '"find-care/es/":' in english  # Spain, in English
    assert '"find-care/es/":' not in spanish
    assert '"handouts/es/x/":' in spanish
    assert '"when-to-get-help/":' in script
    assert '"check/x/":' in script
    assert '"causes/x/":' in script
    assert '"clinicians/x/":' not in script
    assert '"sources/":' in script


def test_the_copy_holds_no_day(site: Path) -> None:
    """The same site has the same script on any day: the host's answers say when."""
    script = (site / "worker.js").read_text(encoding="utf-8")

    assert script == offline_copy.script(site, {"": load(EXAMPLE)})
    assert not re.search(r"\b20\d\d-\d\d", script)
