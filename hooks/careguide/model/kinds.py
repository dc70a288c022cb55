"""The table of all kinds, and where each is written."""

from careguide.model import flows, lists, topics
from careguide.model.fields import Entry
from careguide.source import project
from careguide.source.markup import Reference

LISTS: dict[str, type[Entry]] = {
    "urgency": lists.Urgency,
    "contexts": lists.Context,
    "criteria": lists.Criterion,
    "meanwhile": lists.Meanwhile,
    "sources": lists.Source,
    "glossary": lists.Term,
    "places": lists.Place,
    "movements": lists.Movement,
    "questions": lists.Question,
    "amounts": lists.Amount,
    "services": lists.Service,
    "hazards": flows.Hazard,
    "changes": lists.Change,
}
"""Kinds kept in one file each, by the file's name without its ending."""
TOPICS: dict[str, type[topics.Topic]] = {
    "symptoms": topics.Symptom,
    "causes": topics.Cause,
    "remedies": topics.Remedy,
    "treatments": topics.Treatment,
    "investigations": topics.Investigation,
}
"""Kinds with a folder of files, and a page for each file, by the folder's name."""
FOLDERS: dict[str, type[Entry]] = {**TOPICS, "flows": flows.Flow, "vignettes": flows.Vignettes}
"""Kinds with a folder of files. A flow and its vignettes have their symptom's id."""
SINGLES: dict[str, str] = {"flow": "flows"}
"""Files with one thing that serves the whole guide, by name, with its kind.

`data/flow.yml` is the flow of every symptom without one of its own.
"""
KINDS: dict[str, type[Entry]] = {**LISTS, **FOLDERS}
"""Every kind."""
PLURALS: dict[str, str] = {model.singular: kind for kind, model in KINDS.items()}
"""Kind by the word before the colon in a link: `cause` → `causes`."""
DATA = project.DATA
"""The folder that holds them all."""


def kind_of(word: str) -> str:
    """A kind by its own name or by its singular: `cause` or `causes` → causes. Empty for no kind."""
    return word if word in KINDS else PLURALS.get(word, "")


def thing_named(reference: Reference) -> tuple[str, str]:
    """The kind and the id of what a text names; no kind where there is none of that name."""
    return PLURALS.get(reference.singular, ""), reference.id


def where(kind: str) -> str:
    """The file or folder in which the things of a kind are written."""
    return f"{DATA}/{kind}.yml" if kind in LISTS else f"{DATA}/{kind}/"


def file_of(kind: str, id_: str) -> str:
    """The file in which a thing is written."""
    if SINGLES.get(id_) == kind:
        return f"{DATA}/{id_}.yml"
    return where(kind) if kind in LISTS else f"{where(kind)}{id_}.yml"
