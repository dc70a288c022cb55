"""How readers say that something is wrong on a page, and the files in which it is put right."""

import posixpath
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.source.digests import digest

FORM = "page.yml"
"""The issue form for a page; its questions have the names of what is filled in here."""


@dataclass(frozen=True)
class Place:
    """A file that a page came from."""

    path: str
    line: int
    address: str


class Feedback:
    """The ways to say something of each page of a site.

    `repository` is the address at which its files stand, and `edit` what is between that and a file's path:
    'edit/main/'. Both are empty for a guide without a repository.
    """

    def __init__(
        self, guide: Guide, pages: Iterable[Page], files: Collection[str], *, repository: str, edit: str
    ) -> None:
        self._guide = guide
        self._pages = {page.path: page for page in pages}
        self._files = files
        self._repository = repository.rstrip("/")
        self._edit = edit

    def link(self, path: str, title: str, address: str) -> str:
        """Where a reader says that something is wrong on a page; empty where the guide can be told nowhere.

        That is a form of the repository or a mail, with the page and its version filled in, or whatever
        address the guide gives as its contact.
        """
        version = self.version(path)
        contact = self._guide.site.contact or ""
        words = self._guide.words
        name = words.text("site.wrong_title", title=title)
        if self._repository and (urlsplit(self._repository).hostname or "").endswith("github.com"):
            asked = {"template": FORM, "title": name, "page": address, "version": version}
            return f"{self._repository}/issues/new?{urlencode(asked, quote_via=quote)}"
        body = words.text("site.wrong_body", page=address, version=version) + "\n\n"
        if self._repository:
            return (
                f"{self._repository}/issues/new?{urlencode({'title': name, 'body': body}, quote_via=quote)}"
            )
        if contact.startswith("mailto:"):
            return f"{contact}?{urlencode({'subject': name, 'body': body}, quote_via=quote)}"
        return contact

    def version(self, path: str) -> str:
        """Eight digits that change with the words of a page."""
        page = self._pages.get(path)
        return digest(page.text)[:8] if page else ""

    def places(self, path: str) -> list[Place]:
        """The files that a page came from, the one to edit first; none where the guide has no repository."""
        page = self._pages.get(path)
        found: list[Place] = []
        for file, line in page.files if page and self._edit else ():
            if file in self._files:
                address = f"{self._repository}/{posixpath.normpath(self._edit)}/{quote(file)}"
                found.append(Place(file, line, f"{address}#L{line}" if line > 1 else address))
        return found
