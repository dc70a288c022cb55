"""What kinds of page there are, and what each is made of."""

from dataclasses import dataclass
from typing import Any

from careguide.flow import view
from careguide.guide.guide import CONTENT, Guide
from careguide.guide.page_paths import COUNTRIES, PAGE_FOLDERS, topic_of
from careguide.model.flows import Flow
from careguide.model.kinds import DATA, LISTS, TOPICS
from careguide.model.topics import Page as Written
from careguide.model.topics import Symptom, Topic


@dataclass(frozen=True)
class SinglePage:
    """A page of which there is one, whatever the guide holds."""

    template: str
    """The template that writes it: the name of the list it shows, or its own."""
    needs: str = ""
    """The kind that a guide must have something of, if not the list itself."""


QUALITY = "about/quality.md"
"""The page that counts all others, and so is written after them."""
SINGLE_PAGES = {
    "index.md": SinglePage("home"),
    "when-to-get-help.md": SinglePage("criteria"),
    "movements.md": SinglePage("movements"),
    "find-care.md": SinglePage("services"),
    "glossary.md": SinglePage("glossary"),
    "sources.md": SinglePage("sources"),
    "safety.md": SinglePage("safety", needs="flows"),
    "check/index.md": SinglePage("flows"),
    "about/design.md": SinglePage("design", needs="remedies"),
    "handouts.md": SinglePage("handouts"),
    "changes.md": SinglePage("changes"),
    "search.md": SinglePage("search", needs="urgency"),
    QUALITY: SinglePage("quality", needs="urgency"),
}
"""By path. The home page stands in every guide, the list of sheets where there are sheets."""
_OTHER_VIEWS = {PAGE_FOLDERS["clinicians"]: ("clinician", "symptoms"), COUNTRIES: ("country", "services")}
"""Folders of pages that show a thing in another way: the template that writes them, and the kind of thing."""


@dataclass(frozen=True)
class Check:
    """What the page of a check is about."""

    symptom: Symptom
    flow: Flow


@dataclass(frozen=True)
class About:
    """What a page is made of."""

    template: str
    """The template that writes it."""
    kind: str
    """What kind of page it is, which decides how it looks: the template's name, or the thing's."""
    subject: Any
    """The thing it is about, the kind it lists, or None."""
    source: str
    """The file to edit where no article supplies its prose."""


def about(guide: Guide, path: str) -> About:
    """What the page at a path is made of."""
    kind, name = topic_of(path)
    if path in SINGLE_PAGES:
        template = SINGLE_PAGES[path].template
        file = "site" if template == "home" else "words"
        source = f"{DATA}/{template if template in LISTS else file}.yml"
        return About(template, template, None, source)
    if kind in TOPICS and name == "index":
        return About("topics", "topics", kind, f"{DATA}/words.yml")
    if kind in TOPICS and (thing := guide.of(kind).get(name)):
        return About(template_of(thing), thing.singular, thing, guide.origins[kind, name].path)
    if kind in _OTHER_VIEWS:
        template, of = _OTHER_VIEWS[kind]
        if thing := guide.of(of).get(name):
            return About(template, template, thing, guide.origins[of, name].path)
    if kind == PAGE_FOLDERS["flows"] and (flow := view.flow_for(guide, name)):
        check = Check(guide.symptoms[name], flow)
        return About("flow", "flow", check, guide.origins["flows", flow.id].path)
    return About("article", "article", None, f"{CONTENT}/{path}")


def template_of(thing: Topic) -> str:
    """The template that writes a thing's page."""
    return "page" if isinstance(thing, Written) else thing.singular
