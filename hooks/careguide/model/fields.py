"""The kinds of value a field can hold, and how each is checked. The model is written in these words."""

import ast
import datetime
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from textwrap import dedent
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, Self, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import GetCoreSchemaHandler as Handler
from pydantic import GetJsonSchemaHandler as SchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from careguide.source import markup
from careguide.source.locations import Loc

# Marks: what a field says of itself beyond its type


@dataclass(frozen=True)
class Ref:
    """Marks a field that holds the id of a thing of another kind."""

    kind: str


@dataclass(frozen=True)
class Prose:
    """Marks a field that readers see."""

    most: int = 0
    """The most words it may have; 0 for no limit."""
    cites: bool = False
    """Whether it is Markdown that names its sources itself: `It stops.[@health-service]`."""


@dataclass(frozen=True)
class Form:
    """Marks a text that is written in one special way, and checks it."""

    one: str
    """What it must be, in words: an address that starts with https://."""
    pattern: str
    """What matches it as a whole."""
    example: str
    """One of them."""
    several: str = ""
    """What the items of a list of them are, in words."""
    to_fill_in: str = ""
    """What stands in a draft until somebody writes it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        """How pydantic is told of the check."""
        return no_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise ValueError(f"must be {self.one}")
        return value


# Values

WRITE_HERE, WRITE_ID = "Write here", "write-here"
"""What stands in a draft for words, and for an id, that somebody must still write."""
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNSAFE = re.compile(r"<[a-zA-Z/!?]|javascript:|data:text|&(?:#\w+|[a-z]{2,}\d*);|\bon\w+\s*=", re.IGNORECASE)
_MAY_BE_UNSAFE = re.compile("[<:&=]")
_SAYS = re.compile(r"[^\W_]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ADDRESS = r"""https://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::[0-9]+)?(?:[/?#][^\s<>"'\\^`{|}\u0000-\u001f]*)?"""
"""What an address of the web looks like, for Python and for the JavaScript of editors."""


def _safe(text: str) -> str:
    if not text.strip():
        raise ValueError("must hold words, but is blank")
    if text != text.strip(" "):
        raise ValueError("must start and end with a word, but has a blank there")
    if not (text[0].isalnum() or _SAYS.search(text)):
        raise ValueError("must hold words")
    # Most texts have no sign of any of these, and need no closer look.
    if _MAY_BE_UNSAFE.search(text) and (found := _UNSAFE.search(text)):
        raise ValueError(f"must be plain Markdown without HTML or script, but has '{found.group()}'")
    return text


def _real_date(value: object) -> object:
    if isinstance(value, str) and not _DATE.fullmatch(value):
        raise ValueError("must be a date written as year-month-day, such as 2026-11-21")
    return value


_Safe = Annotated[str, StringConstraints(min_length=1), AfterValidator(_safe)]
Id = Annotated[
    str,
    StringConstraints(pattern=rf"^{ID.pattern}$"),
    Form(
        "a name in small letters, digits and hyphens",
        ID.pattern,
        "warm-compress",
        several="names in small letters, digits and hyphens",
        to_fill_in=WRITE_ID,
    ),
]
Plain = Annotated[_Safe, Field(examples=["a few words"])]
"""Text that readers never see as prose: a code, a name of a publisher."""
Text = Annotated[_Safe, Prose(), Field(examples=["Rest in a cool room. Sip water."])]
"""Short Markdown that readers see. It may hold links by id, such as `[dry air](cause:dry-air)`."""
Markdown = Annotated[
    _Safe,
    Prose(cites=True),
    Field(examples=["Most colds stop by themselves.[@health-service] We suggest that you rest."]),
]
"""Paragraphs, lists and small tables that readers see, each statement with its sources: `[@id; @other]`."""
Short = Annotated[_Safe, Prose(25), Field(examples=["One or two short sentences that say what it is."])]
"""One or two sentences that readers see in lists and at the top of a page: at most 25 words."""
Title = Annotated[_Safe, Prose(10), Field(examples=["A plain name"])]
"""A few words that name a thing: at most 10 words."""
Sign = Annotated[_Safe, Prose(26), Field(examples=["You find it hard to breathe."])]
"""One warning sign, to be answered yes or no: at most 26 words."""
Hint = Annotated[_Safe, Prose(16), Field(examples=["A short cough does not count."])]
"""What counts as a sign and what does not: at most 16 words."""
Lead = Annotated[_Safe, Prose(6), Field(examples=["Cannot breathe or swallow"])]
"""Two to six words that name a sign and make sense alone."""
Date = Annotated[datetime.date, BeforeValidator(_real_date), Field(examples=["2026-11-21"])]
Lower = Annotated[str, StringConstraints(min_length=1, to_lower=True)]
"""One word, in small letters however it is written."""
Url = Annotated[
    str,
    Form(
        "an address that starts with https://",
        ADDRESS,
        "https://www.nhs.uk/conditions/",
        several="addresses that start with https://",
        to_fill_in=f"https://{WRITE_ID}.example/",
    ),
]
Phone = Annotated[
    str,
    Form(
        "a phone number: digits, and single spaces or hyphens",
        r"\+?(?=[0-9 -]{2})[0-9]+(?:[ -][0-9]+)*",
        "116 123",
    ),
]
SourceId = Annotated[str, Ref("sources")]
UrgencyId = Annotated[str, Ref("urgency")]
CriterionId = Annotated[str, Ref("criteria")]
ContextId = Annotated[str, Ref("contexts")]
MeanwhileId = Annotated[str, Ref("meanwhile")]
SymptomId = Annotated[str, Ref("symptoms")]
PlaceId = Annotated[str, Ref("places")]
QuestionId = Annotated[str, Ref("questions")]
CauseId = Annotated[str, Ref("causes")]
RemedyId = Annotated[str, Ref("remedies")]
TreatmentId = Annotated[str, Ref("treatments")]
InvestigationId = Annotated[str, Ref("investigations")]
Sources = Annotated[tuple[SourceId, ...], Field(min_length=1)]


# Parts


class Part(BaseModel):
    """Anything a guide is made of: read once, never changed, no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        """A schema in which each field has the sentence under it as its description."""
        made, about = handler(core), sentences(cls)
        for name, field in cls.model_fields.items():
            handler.resolve_ref_schema(made)["properties"][field.alias or name]["description"] = about[name]
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values of some fields. What was worked out from the old values stays behind."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


def sentences(model: type[Part]) -> dict[str, str]:
    """The sentence under each field in the code. Pydantic would look for all of them at each start."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__[: model.__mro__.index(Part)]):
        (written,) = ast.parse(dedent(inspect.getsource(each))).body
        for field, below in pairwise(ast.iter_child_nodes(written)):
            if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                found[ast.unparse(field.target)] = " ".join(ast.literal_eval(below.value).split())
    return found


class Entry(Part):
    """Anything that has an id."""

    singular: ClassVar[str]
    """The class's name in small letters, before the colon in a link by id: `cause` in `cause:dry-air`."""

    id: Id
    """Never reused. In a list it is written in the entry; for a thing with a file of its own it is the
    file's name."""
    draft: bool = False
    """While it is true, the thing is checked but not published. Delete the line when the words are ready."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.singular = cls.__name__.lower()

    @cached_property
    def leaves(self) -> tuple["Leaf", ...]:
        """Every reference and every readable text in it, in the order of the model.

        Found once, because each pass over a guide walks them.
        """
        return tuple(_leaves(self))


# Walking


class Leaf(NamedTuple):
    """One reference or one readable text inside a part. A text that cites is followed by what it cites."""

    loc: Loc
    """The way to it."""
    text: str
    """The text itself."""
    mark: Ref | Prose
    """What it is: an id of another thing, or words that readers see."""


def _leaves(part: Part, loc: Loc = ()) -> Iterator[Leaf]:
    for name, mark in _marks(type(part)):
        value, where = getattr(part, name), (*loc, name)
        if isinstance(value, Part):
            yield from _leaves(value, where)
        elif isinstance(value, str) and mark:
            yield Leaf(where, value, mark)
            if isinstance(mark, Prose) and mark.cites:
                for source in markup.cited_in(value):
                    yield Leaf(where, source, Ref("sources"))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Part):
                    yield from _leaves(item, (*where, index))
                elif mark:
                    yield Leaf((*where, index), item, mark)


@cache
def _marks(model: type[Part]) -> tuple[tuple[str, Ref | Prose | None], ...]:
    """Each field that can hold a leaf: its name, and its mark."""
    found: list[tuple[str, Ref | Prose | None]] = []
    for name, field in model.model_fields.items():
        _, held, marks = type_of(field)
        mark = next((each for each in marks if isinstance(each, Ref | Prose)), None)
        if mark or is_part(held):
            found.append((name, mark))
    return tuple(found)


def type_of(field: FieldInfo) -> tuple[bool, Any, tuple[Any, ...]]:
    """Whether a field is a list; the type of the field or of its items; and what is marked on it."""
    annotation: Any = field.annotation
    marks, many = tuple(field.metadata), False
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation, marks = annotation.__origin__, (*marks, *annotation.__metadata__)
        elif get_origin(annotation) is tuple:
            annotation, many = get_args(annotation)[0], True
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(each for each in get_args(annotation) if each is not NoneType)
        else:
            return many, annotation, marks


def is_part(type_: Any) -> bool:
    """Whether a value of a type has fields of its own."""
    return isinstance(type_, type) and issubclass(type_, Part)
