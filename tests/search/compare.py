"""Other engines on the same queries: stock Material, Pagefind, MiniSearch and Fuse beside our own search.

`make search` runs it. Not a test: it prints a table, and which queries ours gets wrong.
"""

from __future__ import annotations

import datetime
import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "guide"))

import careguide
import yaml
from browsers import launch
from playwright.sync_api import Page, sync_playwright
from sites import GUIDE, build, served
from test_search import ASK, HALVES, names, one_slip, two_slips

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
SETTINGS = """
site_name: Stock
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [attr_list, md_in_html, tables, toc]
"""
STOCK = """async () => {
    const index = await (await fetch("/search/search_index.json")).json();
    const worker = new Worker("/" + WORKER);
    const next = () => new Promise((done) => (worker.onmessage = ({data}) => done(data)));
    const ready = next();
    worker.postMessage({type: 0, data: {...index, options: {suggest: false}}});
    await ready;
    window.ask = async (query) => {
        const found = next();
        worker.postMessage({type: 2, data: query});
        return (await found).data.items.map((parts) => parts[0].location.split("#")[0]);
    };
}"""
PAGEFIND = """async () => {
    const pagefind = await import("/pagefind/pagefind.js");
    await pagefind.init();
    window.ask = async (query) => {
        const {results} = await pagefind.search(query);
        const found = await Promise.all(results.slice(0, 5).map((each) => each.data()));
        return found.map(({url}) => url.slice(1).split("#")[0]);
    };
}"""
FIELDS = "const FIELDS = {title: 10, names: 9, headings: 3, short: 4, words: 1.6};"
MINISEARCH = """index => {
    FIELDS
    const pages = index.map((each, id) => ({...each, id}));
    const options = {fields: Object.keys(FIELDS), searchOptions: {boost: FIELDS, fuzzy: 0.25, prefix: true}};
    const mini = new MiniSearch(options);
    mini.addAll(pages);
    window.ask = (query) => mini.search(query).map(({id}) => pages[id].address.split("#")[0]);
}"""
FUSE = """index => {
    FIELDS
    const keys = Object.entries(FIELDS).map(([name, weight]) => ({name, weight}));
    const fuse = new Fuse(index, {keys, ignoreLocation: true, threshold: 0.4});
    window.ask = (query) => fuse.search(query).map(({item}) => item.address.split("#")[0]);
}"""

Answers = Callable[[list[str]], list[list[str]]]


def main() -> None:
    """Build the sites, ask every engine every query, and print what came of it."""
    queries = [each for half in HALVES for each in yaml.safe_load((HERE.parent / "guide" / half).read_text())]
    site = careguide.build(GUIDE, today=datetime.datetime.now(tz=datetime.UTC).date())
    known = sorted(names(site.guide).items())
    slips = {
        1: {one_slip(word, place): pages for place, (word, pages) in enumerate(known)},
        2: {two_slips(word, place): pages for place, (word, pages) in enumerate(known) if len(word) > 6},
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        own, stock = Path(folder) / "own", Path(folder) / "stock"
        done = build(GUIDE, own)
        assert done.returncode == 0, done.stderr
        subprocess.run([MODULES / ".bin" / "pagefind", "--site", own, "--silent"], check=True)
        _stock(site, Path(folder) / "project", stock)
        with launch(playwright, "chromium") as browser, served(own) as ours, served(stock) as theirs:
            tab = browser.new_page()
            print(f"{'':34}{'first':>7}{'three':>7}{'none':>6}{'1 slip':>8}{'2 slips':>8}{'bytes':>9}")
            tab.goto(f"{ours}search/")
            tab.locator("#search-words").focus()
            tab.locator("#search[data-state=ready]").wait_for()
            wrong = _row("ours", _ours(tab), queries, slips, _sent(next(own.glob("assets/look/search.*.js"))))
            index = _index(own)
            tab.goto(f"{theirs}search/search_index.json")
            worker = next(stock.glob("assets/javascripts/workers/search.*.js"))
            tab.evaluate(STOCK.replace("WORKER", json.dumps(str(worker.relative_to(stock)))))
            sent = _sent(worker) + _sent(stock / "search/search_index.json")
            _row("stock Material", _asked(tab), queries, slips, sent)
            tab.goto(f"{ours}404.html")
            tab.evaluate(PAGEFIND)
            _row("Pagefind", _asked(tab), queries, slips, 0)
            for name, script, start in (
                ("MiniSearch on our index", "minisearch/dist/umd/index.js", MINISEARCH),
                ("Fuse on our index", "fuse.js/dist/fuse.min.js", FUSE),
            ):
                tab.goto("about:blank")
                tab.add_script_tag(path=MODULES / script)
                tab.evaluate(start.replace("FIELDS\n", f"{FIELDS}\n"), index)
                _row(name, _asked(tab), queries, slips, _sent(MODULES / script) + _packed(json.dumps(index)))
        print("\nOurs gets wrong, of the half that it may be improved by:")
        print("\n".join(wrong))


def _stock(site: careguide.Site, project: Path, to: Path) -> None:
    """The same pages in stock Material."""
    for page in site.pages:
        file = project / "docs" / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(re.sub(r"^template: .*\n", "", page.text, flags=re.MULTILINE), encoding="utf-8")
    (project / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    command = [Path(sys.executable).with_name("mkdocs"), "build", "--quiet", "--site-dir", to]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    shutil.rmtree(project)


def _index(own: Path) -> list[dict[str, Any]]:
    """The pages in our index."""
    text = next(own.glob("assets/look/search.*.js")).read_text(encoding="utf-8")
    table = json.loads(re.search(r"const INDEX = (\{.*\});\n", text)[1])["pages"]
    pages = [dict(zip(table["fields"], row, strict=False)) for row in table["rows"]]
    for page in pages:
        lists = [page.pop(field, 0) or [] for field in ("names", "typed", "misspelt")]
        page["names"] = " ".join(name for names in lists for name in names)
        page["headings"] = " ".join(page.get("headings") or [])
        page.update({field: page.get(field) or "" for field in ("short", "words")})
    return pages


def _sent(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


def _packed(text: str) -> int:
    return len(gzip.compress(text.encode()))


def _ours(tab: Page) -> Answers:
    """The links of our search, in the order in which they stand."""

    def ask(queries: list[str]) -> list[list[str]]:
        found = tab.evaluate(ASK, queries)
        return [[link.partition("#")[0] for link in each["dangers"] + each["pages"]] for each in found]

    return ask


def _asked(tab: Page) -> Answers:
    """The links of another engine."""
    each = (
        "async all => { const found = []; for (const one of all) found.push(await ask(one)); return found; }"
    )
    return lambda queries: tab.evaluate(each, queries)


def _row(
    name: str, ask: Answers, queries: list[dict[str, Any]], slips: dict[int, dict[str, set[str]]], sent: int
) -> list[str]:
    """Print what one engine finds; which queries of the open half it gets wrong."""
    asked = [each for each in queries if each["pages"]]
    first = three = none = 0
    wrong = []
    for each, links in zip(asked, ask([each["query"] for each in asked]), strict=True):
        found = list(dict.fromkeys(links))[:3]
        right = [link in each["pages"] for link in found]
        first += right[:1] == [True]
        three += any(right)
        none += not found
        if not any(right) and each in queries[: len(queries) // 2]:
            wrong.append(f"  {each['query']}: {', '.join(found) or 'nothing'}")
    shares = []
    for words in slips.values():
        found_pages = ask(list(words))
        good = [
            bool(pages & set(list(dict.fromkeys(links))[:3]))
            for pages, links in zip(words.values(), found_pages, strict=True)
        ]
        shares.append(100 * sum(good) / len(good))
    count = len(asked)
    print(
        f"{name:34}{100 * first / count:6.0f}%{100 * three / count:6.0f}%{none:6}"
        f"{shares[0]:7.0f}%{shares[1]:7.0f}%{sent or 'in parts':>9}",
        flush=True,
    )
    return wrong


if __name__ == "__main__":
    main()
