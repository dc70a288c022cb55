"""Look at every page of a built site with axe, narrow and wide, light and dark, and write down what it finds.

Called by `make measure` with the folder of the site; the page on quality then tells it with its day.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from browsers import AXE, launch, violations
from careguide.source import clock
from playwright.sync_api import sync_playwright
from sites import ROOT, html_files, served
from test_accessibility import RULES, VIEWS

FILE = ROOT / "data" / "measured.yml"
HEAD = "# Written by 'make measure': what axe found on every page of the built site.\n"


def main(site: Path) -> int:
    """Measure and write. Returns the exit code: 1 where a rule was broken."""
    files, broken = html_files(site), 0
    with served(site) as address, sync_playwright() as playwright, launch(playwright, "chromium") as browser:
        for width, scheme in VIEWS:
            tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            for file in files:
                tab.goto(address + file.relative_to(site).as_posix())
                found = violations(tab, rules=RULES)
                broken += len(found)
                if found:
                    print(file.relative_to(site), width, scheme, *found)
            tab.close()
    version = re.search(r"axe v([\d.]+)", AXE)
    tool = f"axe-core {version[1]}" if version else "axe-core"
    told = {"on": clock.today(), "tool": tool, "pages": len(files), "views": len(VIEWS), "broken": broken}
    text = "".join(f"{name}: {value}\n" for name, value in told.items())
    FILE.write_text(HEAD + text, encoding="utf-8")
    print(text, end="")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
