"""A page as it is written, for whoever counts, checks, searches or publishes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page, as Markdown for any engine."""

    path: str
    """Where it stands among the pages: `causes/caffeine.md`."""
    text: str
    """Its Markdown, with front matter."""
    source: str
    """The file to edit, relative to the project: what 'Improve this page' opens. It need not exist yet."""
    title: str
    kind: str
    """What kind of page it is, such as 'cause', 'topics' or 'article'."""
    cited: tuple[str, ...]
    """Ids of the sources it cites, in order."""
    language: str = ""
    """The folder of its language; empty where it is the original's."""
    files: tuple[tuple[str, int], ...] = ()
    """Every file that it is made from, each with the line from which on: the one to edit comes first."""
