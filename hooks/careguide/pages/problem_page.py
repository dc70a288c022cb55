"""What a writer's browser shows in place of a page while the guide has problems: their list, and no look.

It is for whoever serves the guide on their own machine, and in the words of the terminal.
"""

from pathlib import Path

from careguide import templating

_FOLDER = Path(__file__).parent / "templates"


def html(problems: str) -> str:
    """The page as HTML. `problems` is what the terminal shows."""
    return templating.html(_FOLDER, "problems", {"problems": problems})
