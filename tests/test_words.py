"""Interface words: what a guide may change, what a change must keep, and that pages ask for all of them."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any, get_args

import careguide
import jinja2
import pytest
import yaml
from careguide.guide import words
from careguide.handouts.handout import Kind
from careguide.model import languages
from careguide.model.lists import Source
from careguide.model.topics import Cause, Remedy
from careguide.source import yaml_reader
from conftest import TODAY, Project, changed, page, problems
from jinja2 import nodes

WORDS = "data/words.yml"
ENGLISH = words.FOLDER / "en.yml"
DECLARED: dict[str, Any] = yaml_reader.parse("en.yml", ENGLISH.read_text(encoding="utf-8"))[0].value
GAP = re.compile(r"\{(\w+)\}")


def leaves(group: Mapping[str, Any], way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every word with its key, in pieces."""
    for key, value in group.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*way, key))
        else:
            yield (*way, key), value


ALL = dict(leaves(DECLARED))


def told(way: tuple[str, ...], text: Any) -> list[str]:
    """What is said of one change."""
    change: Any = text
    for key in reversed(way):
        change = {key: change}
    document, _ = yaml_reader.parse(WORDS, yaml.safe_dump(change, allow_unicode=True, width=1000))
    _, found = words.changed(DECLARED, document)
    return [f"{each.message}\n{each.tip}" for each in found]


# ----------------------------------------------------------------------------------------------------------
# What a change must keep


def test_every_word_may_be_changed_and_keeps_its_gaps() -> None:
    """New words around the same gaps are right; a gap lost, or one more, is named with the word's key."""
    with_gaps = {way: GAP.findall(text) for way, text in ALL.items() if "{" in text}
    assert len(with_gaps) > 40
    assert len(ALL) > 300

    for way, text in ALL.items():
        key, gaps = ".".join(way), GAP.findall(text)
        assert told(way, " … ".join(["Neu", *(f"{{{gap}}}" for gap in reversed(gaps))])) == []
        for gap in gaps:
            [lost] = told(way, text.replace(f"{{{gap}}}", ""))
            assert lost.startswith(f"{key} must keep its gap {{{gap}}}, but is ")
        for more in ("{surplus}", "{}", "{0}", "{", "}", "{{x}}", *_twisted(gaps)):
            [unknown] = told(way, f"{text} {more}")
            assert unknown.startswith(f"{key} must have no gap")


def _twisted(gaps: list[str]) -> Iterator[str]:
    """Gaps of a word with something inside that `str.format` would carry out."""
    for gap in gaps:
        yield from (f"{{{gap}.__class__}}", f"{{{gap}[0]}}", f"{{{gap}:>10}}", f"{{{gap}!r}}")


def test_a_word_without_its_gap_is_named_and_the_site_is_not_built(project: Project) -> None:
    """A care card would lose the word 'emergency', and the typesetter would stop at a page number."""
    changes = 'care_card:\n  level: "Level"\nhandout:\n  labels:\n    every:\n      page: "Page {page}"\n'
    root = project({WORDS: changes})

    assert problems(root) == (
        f"{WORDS}:2: care_card.level must keep its gap {{level}}, but is 'Level'\n"
        "  Tip: Write {level} where the page should fill it in, as in 'Level: {level}'.\n"
        f"{WORDS}:6: handout.labels.every.page must keep its gap {{pages}}, but is 'Page {{page}}'\n"
        "  Tip: Write {pages} where the page should fill it in, as in 'Page {page} of {pages}'."
    )
    assert careguide.build(root, today=TODAY).blocked


def test_a_change_that_is_wrong_is_named() -> None:
    """Its line, its key, what must be true, and what to do."""
    for changes, expected in (
        ("site:\n  serch: Find\n", "2: site.serch must be a word that exists\n  Tip: Did you mean 'search'?"),
        ("sties:\n  menu: M\n", "1: sties must be a word that exists\n  Tip: Did you mean 'site'?"),
        (
            "footnotes:\n  qqq: x\n",
            "2: footnotes.qqq must be a word that exists\n  Tip: The words here are here and title.",
        ),
        (
            "sources: Source\n",
            (
                "1: sources must be a group of words, not one text\n"
                "  Tip: The words here are label and last_checked."
            ),
        ),
        (
            "sources:\n  - label\n",
            (
                "1: sources must be a group of words, not one text\n"
                "  Tip: The words here are label and last_checked."
            ),
        ),
        (
            "site:\n  menu:\n    one: Menu\n",
            "2: site.menu must be one text\n  Tip: Write it as the package does: 'Menu'.",
        ),
        (
            "site:\n  menu:\n",
            "2: site.menu must not be empty\n  Tip: Write something, or delete the line.",
        ),
        (
            'site:\n  menu: " "\n',
            "2: site.menu must not be empty\n  Tip: Write something, or delete the line.",
        ),
        ("site:\n", "1: site must not be empty\n  Tip: Write something, or delete the line."),
        (
            "sources:\n  label: Source {nubmer}\n",
            "2: sources.label must have no gap but {number}, not '{nubmer}'\n  Tip: Did you mean '{number}'?",
        ),
        (
            "site:\n  menu: <b>Menu</b>\n",
            (
                "2: site.menu must be plain Markdown without HTML or script, but has '<b'\n"
                "  Tip: Write the words alone."
            ),
        ),
        ("headings:\n  help: no\n", None),  # a word like any other
    ):
        document, _ = yaml_reader.parse(WORDS, changes)
        _, found = words.changed(DECLARED, document)

        assert (f"{WORDS}:{expected}" if expected else "") == careguide.report(found), changes


def test_all_wrong_changes_come_at_once_and_no_page_stops_for_them(project: Project) -> None:
    """The pages say what the package says."""
    root = project({WORDS: "headings:\n  emergency: Urgent {it}\n  emergenzy: x\nsite:\n  menu:\n"})

    found = re.findall(r": (\S+) must", problems(root))
    assert found == ["headings.emergency", "headings.emergenzy", "site.menu"]
    assert f"## {DECLARED['headings']['emergency']}" in page(root, "index.md")


# ----------------------------------------------------------------------------------------------------------
# What a guide gets


def test_a_guide_needs_no_words_of_its_own(project: Project) -> None:
    """Without the file every word is the package's."""
    root = project({WORDS: None})
    site = careguide.build(root, today=TODAY)

    assert site.problems == []
    assert site.guide.words == DECLARED


def test_a_change_stands_on_the_page_and_nothing_else_changes(project: Project) -> None:
    """One heading in other words."""
    root = project()
    before = page(root, "index.md")
    with (root / WORDS).open("a", encoding="utf-8") as file:
        file.write("headings:\n  emergency: Is it urgent?\n")

    heading = f"## {DECLARED['headings']['emergency']} "
    assert heading in before
    assert page(root, "index.md") == before.replace(heading, "## Is it urgent? ")


def test_a_text_is_found_by_its_key_and_filled() -> None:
    """In Python, as `.format` does in a template; a gap that is not given is a mistake in the code."""
    all_words, _ = words.changed(DECLARED, yaml_reader.Document(WORDS, {}))

    assert all_words.text("sheets.sides.some", count=3) == DECLARED["sheets"]["sides"]["some"].replace(
        "{count}", "3"
    )
    with pytest.raises(KeyError):
        all_words.text("sheets.sides.some")


# ----------------------------------------------------------------------------------------------------------
# Other languages


def in_language(tag: str, package: Mapping[str, Any], text: str) -> tuple[words.Words, list[str]]:
    """A guide's words where the package has some of its language, and what the one notice names."""
    document, _ = yaml_reader.parse(WORDS, text)
    found = words.words_are_in_the_language(DECLARED, package, document, languages.known(tag))
    return words.changed(DECLARED, document, package)[0], [str(each) for each in found]


def test_a_word_that_a_language_lacks_stands_in_english_and_one_notice_counts_them() -> None:
    """What the package has comes before English, and what the guide says before both."""
    package = {"site": {"menu": "Menú", "search": "Buscar"}}
    said, notices = in_language("es-MX", package, "site:\n  search: Encontrar\n  top: Subir\n")

    assert ["Menú", "Encontrar", "Subir"] == [said["site"][each] for each in ("menu", "search", "top")]
    assert DECLARED["site"]["close"] == said["site"]["close"]
    count = f"{len(ALL) - 3} of {len(ALL)} interface words are in English, not in Spanish (es-MX): "
    [notice] = notices
    assert notice.startswith(f"{WORDS}:1: notice: {count}pages.home.crumb, pages.symptoms.title, ")


def test_a_guide_can_bring_the_words_of_a_whole_language() -> None:
    """No word is missing then, and none is English."""
    whole = yaml.safe_dump(_translated(DECLARED), allow_unicode=True)
    said, notices = in_language("tlh", {}, whole)

    assert [] == notices
    assert all(text.startswith("«") for _, text in leaves(said))


def _translated(group: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _translated(value) if isinstance(value, Mapping) else f"«{value}»"
        for key, value in group.items()
    }


def test_what_english_is_like_is_said_of_no_other_language() -> None:
    """Its small words and endings would cut Spanish words to pieces; its interface words only stand in."""
    said, _ = in_language("es", {}, "search:\n  language:\n    endings: s es\n")

    assert "s es" == said["search"]["language"]["endings"]
    assert {""} == {text for name, text in said["search"]["language"].items() if name != "endings"}


def test_a_guide_in_another_language_passes_with_a_notice(project: Project) -> None:
    """Its dates are in its language, and so are the words that it brings."""
    root = project(
        changed("data/site.yml", ("countries:", "language: it\ncountries:")),
        {WORDS: "review:\n  unreviewed: Controllato il {on}. Di nuovo entro il {due}.\n"},
    )
    site = careguide.build(root, today=TODAY)

    assert [] == [each for each in site.problems if each.blocks]
    [notice] = [each for each in site.problems if each.rule == "words_are_in_the_language"]
    assert "not in Italian (it)" in notice.message
    assert re.search(r"Controllato il \d+ novembre 2026\.", page(root, "causes/dry-air.md"))


# ----------------------------------------------------------------------------------------------------------
# What the package declares


def test_every_declared_text_is_plain_and_every_gap_is_a_name() -> None:
    """So that a guide's words can be held against them."""
    for way, text in ALL.items():
        assert isinstance(text, str), way
        assert text.strip() == text != "", way
        assert words.gaps_in(text) == [f"{{{name}}}" for name in GAP.findall(text)], way
        assert {each[1] for each in string.Formatter().parse(text)} - {None} == set(GAP.findall(text)), way
        assert not set(way) & set(dir(dict)), f"a template would find what a dict can do, not the word {way}"


def test_every_language_has_the_same_words_with_the_same_gaps() -> None:
    """English declares them."""
    files = list(words.FOLDER.glob("*.yml"))
    assert ENGLISH in files
    for file in files:
        document, wrong = yaml_reader.parse(file.name, file.read_text(encoding="utf-8"))
        assert wrong == []
        assert dict(leaves(document.value)).keys() == ALL.keys()
        assert words.changed(DECLARED, document)[1] == []


def test_the_package_knows_no_guide() -> None:
    """No symptom and no publisher stands in its words."""
    assert not re.search(r"twitch|careguide|nosebleed", "\n".join(ALL.values()), re.IGNORECASE)


# ----------------------------------------------------------------------------------------------------------
# What pages ask for


def test_every_word_that_is_asked_for_is_declared_and_every_declared_word_is_asked_for(asked: Asked) -> None:
    """Read off the code of every template and every module, whether or not a guide has such a page."""
    assert len(asked.ways) > 300
    assert {way for way in asked.ways if not _matching(way)} == set()
    assert {word for word in ALL if not any(_fits(way, word) for way in asked.ways)} == set()


def test_every_gap_is_filled_wherever_its_word_is_asked_for(asked: Asked) -> None:
    """Each place gives all gaps of its word, and no other; where it chooses among words, those of one."""
    assert len(asked.fills) > 40
    for place, ways, given in asked.fills:
        gaps = [(way, set(GAP.findall(ALL[word]))) for way in ways for word in _matching(way)]
        assert given in [each for _, each in gaps], f"{place} gives {given} for {ways}"
        assert all(each <= given for way, each in gaps if ANY not in way), place


def test_every_choice_that_data_can_make_has_its_word() -> None:
    """The words of a closed vocabulary are those of the model, and no other."""
    for key, choices in (
        ("groups", Cause.model_fields["group"].annotation),
        ("verdict", Remedy.model_fields["verdict"].annotation),
        ("source_kinds", Source.model_fields["kind"].annotation),
        ("handout.kinds", Kind),
        ("sheets.kind", Kind),
        ("sheets.groups", Kind),
    ):
        group = reduce(getitem, key.split("."), DECLARED)

        assert group.keys() == set(get_args(choices)), key


ANY = "*"
"""Stands for a name that is only known when a page is made."""
Way = tuple[str, ...]
"""The key of a word, or of a group of words, in pieces, some of them perhaps `ANY`."""
Values = set[Way | str]
"""What an expression can stand for: words, and texts that choose among words."""
Names = dict[str, Values]
PACKAGE = Path(careguide.__file__).parent


def _fits(way: Way, word: Way) -> bool:
    """Whether a key that is asked for can be this word's."""
    return len(way) == len(word) and all(name in (ANY, own) for name, own in zip(way, word, strict=True))


def _matching(way: Way) -> list[Way]:
    """The words that a key can mean; of a group all."""
    return [word for word in ALL if _fits(way, word[: len(way)])]


def _ways(values: Values) -> set[Way]:
    return {each for each in values if isinstance(each, tuple)}


def _inside(groups: Values, names: Values) -> Values:
    """What stands in groups under names."""
    return {(*way, *str(name).split(".")) for way in _ways(groups) for name in names} or {ANY}


class Asked:
    """Every key that templates and modules ask for, and every place where a word's gaps are filled.

    A name stands for words where a template says `set site = words.site`, or a module `site = words["site"]`,
    and where a macro or a function is handed them.
    """

    def __init__(self) -> None:
        self.ways: set[Way] = set()
        self.fills: list[tuple[str, set[Way], set[str]]] = []
        self._takes: dict[str, list[str]] = {}
        """What each macro, or function, takes, by its name."""
        self._handed: dict[tuple[str, str], Values] = {}
        """What calls hand to a macro, or a function, by its name and that of what it takes."""
        files = [*PACKAGE.rglob("*.jinja"), *PACKAGE.rglob("*.html")]
        parse = jinja2.Environment(trim_blocks=True).parse
        self._templates = {file: parse(file.read_text(encoding="utf-8")) for file in files}
        modules = {file: file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py")}
        self._modules = {
            file: ast.parse(text)
            for file, text in modules.items()
            if re.search(r"(?:guide|self)\.words|words\[", text)
        }
        before = -1
        while before != self._size():
            # Once more, because a call may stand before what it calls, or in another file.
            before = self._size()
            self.ways, self.fills = set(), []
            for file in self._templates:
                self._template(file)
            for file, module in self._modules.items():
                self._python(module, {}, file.name)

    def _size(self) -> int:
        return len(self._takes) + sum(map(len, self._handed.values()))

    def _hands(self, name: str, given: Mapping[int | str, Values]) -> None:
        """Note what a call hands over: by place, or by name."""
        takes = self._takes.get(name, [])
        for key, values in given.items():
            if isinstance(key, str) or key < len(takes):
                taken = takes[key] if isinstance(key, int) else key
                self._handed.setdefault((name, taken), set()).update(values)

    def _taken(self, name: str, takes: list[str]) -> Names:
        """What the names that a macro, or a function, takes can stand for."""
        self._takes[name] = takes
        return {each: self._handed.get((name, each), {ANY}) for each in takes}

    def _fill(self, place: str, ways: set[Way], given: set[str]) -> None:
        self.ways |= ways
        self.fills.append((place, ways, given))

    # In templates

    def _template(self, file: Path) -> Names:
        """One template, after the one that it extends; and what names stand for at its end."""
        names: Names = {"words": {()}, "site": {("site",)}}
        for parent in self._templates[file].find_all(nodes.Extends):
            if (path := file.parent / parent.template.value) in self._templates:
                names = self._template(path)
        self._jinja(self._templates[file], names, file.name)
        return names

    def _jinja(self, node: nodes.Node, names: Names, file: str) -> None:
        self.ways |= _ways(self._jinja_values(node, names))
        names = self._jinja_names(node, names)
        if isinstance(node, nodes.Call):
            self._jinja_call(node, names, file)
        for child in node.iter_child_nodes():
            self._jinja(child, names, file)

    def _jinja_names(self, node: nodes.Node, names: Names) -> Names:
        """What names stand for inside a node. An assignment holds for what comes after it, too."""
        match node:
            case nodes.Macro(name=name, args=args):
                return names | self._taken(name, [each.name for each in args])
            case nodes.Assign(target=target, node=value):
                self._jinja_bind(target, [value], names)
            case nodes.For(target=target, iter=nodes.Tuple(items=values) | nodes.List(items=values)):
                names = dict(names)
                self._jinja_bind(target, values, names)
            case nodes.For(target=nodes.Name(name=name), iter=nodes.Call() as value):
                return names | {name: self._jinja_values(value, names)}
            case nodes.For(target=target):
                return names | {
                    each.name: {ANY}
                    for each in (target, *target.find_all(nodes.Name))
                    if isinstance(each, nodes.Name)
                }
        return names

    def _jinja_bind(self, target: nodes.Node, values: list[nodes.Node], names: Names) -> None:
        """Let a name, or each of several, stand for all these values."""
        if isinstance(target, nodes.Name):
            names[target.name] = set().union(*(self._jinja_values(each, names) for each in values))
            return
        for place, each in enumerate(target.items):
            inner = [value.items[place] if isinstance(value, nodes.Tuple) else value for value in values]
            self._jinja_bind(each, inner, names)

    def _jinja_call(self, call: nodes.Call, names: Names, file: str) -> None:
        called, given = call.node, {each.key: each.value for each in call.kwargs}
        name = getattr(called, "attr", "") or getattr(called, "name", "")
        if name == "format" and (ways := _ways(self._jinja_values(called.node, names))):
            self._fill(f"{file}:{call.lineno}", ways, set(given))
        else:
            handed = {**dict(enumerate(call.args)), **given}
            self._hands(name, {key: self._jinja_values(value, names) for key, value in handed.items()})

    def _jinja_values(self, node: nodes.Node, names: Names) -> Values:
        values: Values = {ANY}
        match node:
            case nodes.Name(name=name):
                values = names.get(name, {ANY})
            case nodes.Const(value=str(text)):
                values = {text}
            case nodes.Getattr(node=nodes.Getattr(attr="guide"), attr="words"):
                values = {()}
            case nodes.Getattr(node=group, attr=name) if name not in ("format", "values"):
                values = _inside(self._jinja_values(group, names), {name})
            case nodes.Getitem(node=group, arg=arg):
                values = _inside(self._jinja_values(group, names), self._jinja_values(arg, names))
            case nodes.Call(node=nodes.Getattr(node=group, attr="values")):
                values = _inside(self._jinja_values(group, names), {ANY})
            case nodes.CondExpr(expr1=one, expr2=other):
                values = self._jinja_values(one, names) | (
                    self._jinja_values(other, names) if other else set()
                )
        return values

    # In modules

    def _python(self, node: ast.AST, names: Names, file: str) -> None:
        self.ways |= _ways(self._python_values(node, names))
        names = self._python_names(node, names)
        if isinstance(node, ast.Call):
            self._python_call(node, names, file)
        for child in ast.iter_child_nodes(node):
            self._python(child, names, file)

    def _python_names(self, node: ast.AST, names: Names) -> Names:
        """What names stand for inside a node. An assignment holds for what comes after it, too."""
        match node:
            case ast.FunctionDef(name=name, args=args):
                takes = [each.arg for each in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
                return names | self._taken(name, [each for each in takes if each != "self"])
            case ast.Assign(targets=[target], value=value):
                self._python_bind(target, value, names)
            case ast.ListComp() | ast.GeneratorExp() | ast.DictComp() | ast.SetComp():
                names = dict(names)
                for each in node.generators:
                    items = each.iter.elts if isinstance(each.iter, ast.Tuple | ast.List) else []
                    values = [self._python_values(item, names) for item in items]
                    names[ast.unparse(each.target)] = set().union(*values) or {ANY}
        return names

    def _python_bind(self, target: ast.expr, value: ast.expr, names: Names) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for each, inner in zip(target.elts, value.elts, strict=True):
                self._python_bind(each, inner, names)
        else:
            names[ast.unparse(target)] = self._python_values(value, names)

    def _python_call(self, call: ast.Call, names: Names, file: str) -> None:
        called, given = call.func, {str(each.arg): each.value for each in call.keywords}
        name = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
        word = called.value if isinstance(called, ast.Attribute) and name == "format" else call
        if ways := _ways(self._python_values(word, names)):
            self._fill(f"{file}:{call.lineno}", ways, set(given))
        else:
            handed = {**dict(enumerate(call.args)), **given}
            self._hands(name, {key: self._python_values(value, names) for key, value in handed.items()})

    def _python_values(self, node: ast.AST, names: Names) -> Values:
        values: Values = {ANY}
        match node:
            case ast.Attribute() if ast.unparse(node).endswith(("guide.words", "self._words", "self.words")):
                values = {()}
            case ast.Name(id=name):
                values = names.get(name, {ANY})
            case ast.Constant(value=str(text)):
                values = {text}
            case ast.JoinedStr(values=pieces):
                texts = [str(each.value) if isinstance(each, ast.Constant) else ANY for each in pieces]
                values = {"".join(texts)}
            case ast.Subscript(value=group, slice=arg) if not isinstance(arg, ast.Slice):
                values = _inside(self._python_values(group, names), self._python_values(arg, names))
            case ast.Call(func=ast.Attribute(value=group, attr="text" | "phrases"), args=[key]):
                values = _inside(self._python_values(group, names), self._python_values(key, names))
            case ast.IfExp(body=one, orelse=other):
                values = self._python_values(one, names) | self._python_values(other, names)
        return values


@pytest.fixture(scope="module")
def asked() -> Asked:
    """What this package's templates and modules ask for."""
    return Asked()
