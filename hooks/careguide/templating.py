"""Templates → text. The only module that knows their engine."""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

import jinja2
from markupsafe import Markup


class Store(Protocol):
    """Where compiled templates are kept: it gives back only what it was given, for they are run."""

    def find(self, key: str, suffix: str) -> bytes | None:
        """What was kept; None where nothing was."""

    def put(self, key: str, suffix: str, content: bytes) -> None:
        """Keep something, where that is possible."""

    def __hash__(self) -> int: ...


class Templates:
    """The Markdown templates of some folders, each loaded when it is first used.

    Page templates stand in a folder itself, and parts, by their name, in a folder of it. They are `kept`
    compiled. With `words`, what they name is words, which that makes Markdown, unless it is Markdown already.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        kept: Store | None = None,
        words: Callable[[str], Markup] | None = None,
    ) -> None:
        env = _environment(folders, words=words, kept=kept)
        self.load = cache(lambda name: env.get_template(f"{name}.md.jinja"))
        self.globals = env.globals
        self.places = dict(_places(folders))
        self.states = [name for name in self.places if name.endswith("_states")]
        """The parts that show a component in its states."""


class Blocks:
    """Templates with what they can name: `names`, the thing a page is about, and each other's `parts`."""

    def __init__(self, templates: Templates, names: dict[str, Any]) -> None:
        self._templates = templates
        self._load = templates.load
        parts = _Parts(self._module, templates.places)
        self._names = {**templates.globals, **names, "parts": parts, "states": templates.states}

    def for_page(self, names: dict[str, Any]) -> "Blocks":
        """The same templates, with what they can name on one page besides."""
        return Blocks(self._templates, {**self._names, **names})

    def _module(self, name: str) -> Any:
        """A template with what it defines."""
        # `shared`: the names are whole already, and copying them for each block takes longer than writing it.
        return self._load(name).make_module(self._names, shared=True)

    def of(self, template: str, subject: Any) -> Callable[[str], str]:
        """A template as it is written of one thing, block by block."""
        loaded = self._load(template)
        context = loaded.new_context({**self._names, "thing": subject}, shared=True)
        return lambda block: "".join(loaded.blocks[block](context))

    def names(self, template: str) -> list[str]:
        """The names of a template's blocks, in order."""
        return list(self._load(template).blocks)


class _Parts:
    """The partials, by name."""

    def __init__(self, module: Callable[[str], Any], places: dict[str, str]) -> None:
        self._module = module
        self._places = places

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._module(self._places[name]), name)
        setattr(self, name, part)
        return part


def _places(folders: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """Each partial with where it stands: in the folder of its component, or among the sections of pages."""
    for folder in folders:
        for file in sorted(folder.glob("*/*.md.jinja")):
            name = file.name.removesuffix(".md.jinja")
            yield name, f"{file.parent.name}/{name}"


def html(folder: Path, template: str, names: dict[str, Any], kept: Store | None = None) -> str:
    """A whole page of HTML from its template. What it names is text, unless the template says it is HTML."""
    return _environment((folder,), html=True, kept=kept).get_template(f"{template}.html.jinja").render(names)


def text(folder: Path, template: str, names: dict[str, Any]) -> str:
    """A file that is neither HTML nor Markdown, from its template. What it names stands there as it is."""
    return _environment((folder,), kept=None).get_template(f"{template}.jinja").render(names) + "\n"


def add_folder(env: jinja2.Environment, folder: Path) -> None:
    """Let an engine's templates name those of the look, after its own. Lines of code alone leave no gap.

    What the look's templates name is text, unless they say that it is HTML; the engine's own name HTML.
    """
    ours = (folder / "base", folder)
    # Asked for each template and macro of every page; an engine makes its environment anew for each build.
    env.autoescape = cache(lambda name: any((each / (name or "")).is_file() for each in ours))
    env.auto_reload = False
    env.trim_blocks = env.lstrip_blocks = True
    loaders = [env.loader] if env.loader else []
    env.loader = jinja2.ChoiceLoader([*loaders, jinja2.FileSystemLoader(folder)])


@lru_cache(maxsize=8)  # a server makes a store anew for each change
def _environment(
    folders: tuple[Path, ...],
    *,
    html: bool = False,
    words: Callable[[str], Markup] | None = None,
    kept: Store | None,
) -> jinja2.Environment:
    """The templates of some folders, read again where changed; kept compiled, which takes long."""

    def said(value: Any) -> Any:
        return words(value) if words and isinstance(value, str) and not hasattr(value, "__html__") else value

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_Compiled(kept, "html" if html else "words" if words else "text") if kept else None,
        autoescape=html or words is not None,  # noqa: S701 - a report makes safe what it names itself
        finalize=said if words else None,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates of a language: what is escaped in one is not in another.

    The engine's own names for them know a template's file and text, but not the settings and not this module.
    """

    def __init__(self, store: Store, language: str) -> None:
        made_with = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
        self._store, self._suffix = store, f"-{language}-{made_with}.cache"

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill what the engine asks for, where it was kept."""
        if content := self._store.find(bucket.key, self._suffix):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what the engine has compiled."""
        self._store.put(bucket.key, self._suffix, bucket.bytecode_to_string())


def syntax_error(template: str) -> tuple[int, str] | None:
    """The line and the reason why an engine could not read a template of its own; None where it can."""
    try:
        jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(template)
    except jinja2.TemplateSyntaxError as error:
        return error.lineno, (error.message or "").rstrip(".")
    return None
