"""The front matter of a page: its title, what it is described as, and its template."""

from typing import Any

from careguide.flow import view
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.model.topics import Topic
from careguide.pages.page_kinds import About, Check
from careguide.source import markup


def front_of(about: About, guide: Guide) -> dict[str, Any]:
    """The front matter that a page has of itself. An article has its own."""
    if about.template in ("clinician", "country"):
        words, name = guide.words, selection.name_of(about.subject)
        title = words.text(f"pages.{about.template}.title", title=name)
        return {"title": title, "description": words.text(f"pages.{about.template}.description")}
    if isinstance(about.subject, Topic):
        return {"title": about.subject.title, "description": markup.plain(about.subject.short)}
    if isinstance(about.subject, Check):
        return {
            "title": view.title_of(about.subject.symptom.id, about.subject.flow, guide),
            "description": markup.plain(about.subject.flow.intro),
            "template": "flow.html",
        }
    if about.template == "article":
        return {}
    if about.template == "home":
        return {"title": guide.site.name, "description": guide.site.home.description}
    words, name = guide.words, about.subject or about.template
    front = {
        "title": words.text(f"pages.{name}.title"),
        "description": words.text(f"pages.{name}.description"),
    }
    return front | {"template": "search.html"} if about.template == "search" else front
