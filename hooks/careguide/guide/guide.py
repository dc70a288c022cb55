"""Everything that was read, linked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from careguide.guide.ladder import Ladder
from careguide.guide.readability import Reading, Vocabulary
from careguide.guide.validation import Origin
from careguide.guide.words import Words
from careguide.model.fields import Ref
from careguide.model.flows import Flow, Hazard, Story, Vignettes
from careguide.model.kinds import DATA, KINDS
from careguide.model.lists import (
    Amount,
    Change,
    Context,
    Criterion,
    Meanwhile,
    Movement,
    Place,
    Question,
    Service,
    Source,
    Term,
    Urgency,
)
from careguide.model.measured import Measured
from careguide.model.site import Site
from careguide.model.topics import Cause, Investigation, Remedy, Symptom, Treatment
from careguide.source import project
from careguide.source.articles import Article
from careguide.source.yaml_reader import Document

CONTENT = project.CONTENT
HOME = "index.md"
SCHEMAS = "schema"
"""The folder in `data/` that holds what editors read."""
SHEETS = "sheets.jsonl"
"""The file in `data/` that keeps what printed sheets said, read by `handouts/versions.py`."""
DRAWINGS = "overrides/assets/drawings"
Backlinks = Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
"""For each thing (kind and id): the ids of the things that name it, by their kind."""


@dataclass(frozen=True)
class Translation:
    """What makes a guide the translation of another."""

    folder: str
    """The folder of its files, and of its pages on the site: 'es'."""
    original: "Guide"
    """The guide that it says in another language."""
    translated: frozenset[tuple[str, str]] = frozenset()
    """The things of which it holds texts, by kind and id. Others are shown in the original's words."""
    stale: frozenset[str] = frozenset()
    """The names of the entries whose original has changed since: 'criteria/e-chest'."""
    pages: frozenset[str] = frozenset()
    """The pages it has, by their path in the original. A link to any other leads to the original's."""


@dataclass(frozen=True)
class Guide:
    """Everything the data and the hand-written pages say, linked: the things of each kind by id, in order."""

    urgency: Mapping[str, Urgency]
    contexts: Mapping[str, Context]
    criteria: Mapping[str, Criterion]
    meanwhile: Mapping[str, Meanwhile]
    sources: Mapping[str, Source]
    glossary: Mapping[str, Term]
    places: Mapping[str, Place]
    movements: Mapping[str, Movement]
    questions: Mapping[str, Question]
    amounts: Mapping[str, Amount]
    services: Mapping[str, Service]
    hazards: Mapping[str, Hazard]
    changes: Mapping[str, Change]
    symptoms: Mapping[str, Symptom]
    causes: Mapping[str, Cause]
    remedies: Mapping[str, Remedy]
    treatments: Mapping[str, Treatment]
    investigations: Mapping[str, Investigation]
    flows: Mapping[str, Flow]
    vignettes: Mapping[str, Vignettes]
    origins: Mapping[tuple[str, str], Origin]
    """Where each thing is written, by kind and id; under an empty id, what cannot be read in a list."""
    articles: Mapping[str, Article]
    """Hand-written pages, by path inside `content/`."""
    site: Site
    site_origin: Origin
    words: Words
    """Interface words: the package's, with the guide's changes."""
    vocabulary: Vocabulary
    """What the reading scores must know about single words."""
    measured: Measured | None
    """What a program found on the built site; None where nobody has written it down."""
    words_file: Document
    """The guide's changes of interface words, as they are written."""
    reading_file: Document
    """What the reading scores must know, as it is written."""
    translation: Translation | None = None
    """What it translates; None for a guide that is the original."""

    @cached_property
    def reading(self) -> Reading:
        """How its texts are cut into sentences, counted and graded, as its language has it."""
        short = self.words.text("language.abbreviations")
        return Reading(self.vocabulary, self.site.locale.base, short)

    @cached_property
    def ladder(self) -> Ladder:
        """The levels of urgency, worst first."""
        return Ladder(tuple(self.urgency.values()))

    @cached_property
    def doubts(self) -> Counter[str]:
        """Where doubts about the worst signs lead, and how many: levels, or what leaves a doubt out."""
        worst = self.ladder.worst
        return Counter(sign.not_sure for sign in self.criteria.values() if sign.level == worst)

    @cached_property
    def asked_contexts(self) -> set[str]:
        """The contexts of all signs, and the word for everyone."""
        return set[str]().union(*(sign.context for sign in self.criteria.values()))

    @cached_property
    def stories(self) -> Mapping[str, list[tuple[int, str, Story]]]:
        """Stories that are no drafts, by the first sign they name or '', with place and symptom."""
        found: dict[str, list[tuple[int, str, Story]]] = {}
        place = 0
        for name, each in self.vignettes.items():
            other = self.symptoms.get(name)
            if each.draft or (other and other.draft):
                continue
            for story in each.stories:
                first = next(iter((*story.present, *story.unsure)), "")
                found.setdefault(first, []).append((place, name, story))
                place += 1
        return found

    @cached_property
    def backlinks(self) -> Backlinks:
        """Who names whom."""
        found: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
        for kind, thing, _ in self.all():
            for leaf in thing.leaves:
                if isinstance(leaf.mark, Ref):
                    # A dictionary, because it keeps the order and each id once.
                    found.setdefault((leaf.mark.kind, leaf.text), {}).setdefault(kind, {})[thing.id] = None
        return {key: {kind: tuple(ids) for kind, ids in by.items()} for key, by in found.items()}

    def of(self, kind: str) -> Mapping[str, Any]:
        """The things of a kind that is only known by its name."""
        things: Mapping[str, Any] = getattr(self, kind)
        return things

    def all(self, kinds: Iterable[str] = tuple(KINDS)) -> Iterator[tuple[str, Any, Origin]]:
        """Every thing, or those of some kinds, with its kind and where it is written."""
        for kind in kinds:
            for id_, thing in self.of(kind).items():
                yield kind, thing, self.origins[kind, id_]

    def with_things(self, **changed: Mapping[str, Any]) -> "Guide":
        """The guide with other things of some kinds."""
        return replace(self, **changed)  # type: ignore[arg-type]  # the names of kinds are the names of these fields

    def with_level(self, sign: str, level: str) -> "Guide":
        """The guide with one sign at another level, and with what is known of all: finding it takes long."""
        old, worst = self.criteria[sign], self.ladder.worst
        changed = self.with_things(criteria={**self.criteria, sign: old.model_copy(update={"level": level})})
        doubts = self.doubts.copy()
        doubts[old.not_sure] += (level == worst) - (old.level == worst)
        changed.__dict__.update(ladder=self.ladder, asked_contexts=self.asked_contexts, doubts=+doubts)
        return changed

    def linked(self, kind: str, id_: str, by: str) -> list[Any]:
        """The things of the kind `by` that name this thing: the causes a remedy helps with, say."""
        return [self.of(by)[each] for each in self.backlinks.get((kind, id_), {}).get(by, ())]

    @property
    def original_language(self) -> str:
        """The name of the language that it was translated from, in its own; empty for an original."""
        mine = self.translation
        return self.site.locale.name_of(mine.original.site.locale) if mine else ""

    def place(self, path: str) -> str:
        """Where a page stands: `es/causes/dry-air.md`. One that a translation lacks is the original's."""
        mine = self.translation
        return f"{mine.folder}/{path}" if mine and path.partition("#")[0] in mine.pages else path

    def is_translated(self, path: str) -> bool:
        """Whether a file holds the words of this translation; of an original none does."""
        folder = self.translation.folder if self.translation else ""
        return bool(folder) and path.startswith((f"{DATA}/{folder}/", f"{CONTENT}/{folder}/"))

    def is_own(self, path: str) -> bool:
        """Whether a file holds words of this guide, and not of the original that a translation shows."""
        return not self.translation or self.is_translated(path)

    def pick(self, kind: str, ids: Iterable[str]) -> list[Any]:
        """The things of a kind with these ids, in this order. One that is missing is a problem already."""
        things = self.of(kind)
        return [things[id_] for id_ in ids if id_ in things]

    def unread(self, kind: str, id_: str) -> bool:
        """Whether a thing is written, but not so that it can be read.

        There is a problem that says so; what follows from it need not be said too.
        """
        return (kind, id_) in self.origins and id_ not in self.of(kind)

    def whole(self, kind: str = "") -> bool:
        """Whether all things of a kind, or of every kind, could be read."""
        return kind not in self._unread if kind else not self._unread

    @cached_property
    def _unread(self) -> set[str]:
        """The kinds of which not everything could be read. Every page asks, so it is found out once."""
        return {kind for kind, id_ in self.origins if self.unread(kind, id_)}
