"""Words that readers must not see: template marks, open brackets, links that say nothing.

Patterns are narrow: what is right must never be refused, so what cannot be told for sure is a notice.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from careguide.checks import link_words, medicines, numbers, one_language, slips, spelling
from careguide.checks.phrases import sentences_say_nothing_wrong
from careguide.checks.sentences import ReaderText
from careguide.guide.guide import Guide
from careguide.source import markup
from careguide.source.locations import spell, texts_in
from careguide.source.problems import Problem, named, quoted


def check(
    guide: Guide,
    texts: Iterable[ReaderText],
    new: Iterable[ReaderText] | None = None,
    others: Callable[[Iterable[ReaderText]], list[ReaderText]] = list,
) -> Iterator[Problem]:
    """Every rule, on the texts that readers see and on the headings and first lines of articles.

    Of the texts, all but the `new` were found right by rules on single ones; `others` leaves out such.
    """
    around = list(_around(guide))
    looked_at = [*(texts if new is None else new), *others(around)]
    if own_too := [*looked_at, *others(_own_words(guide))]:
        yield from sentences_say_nothing_wrong(guide, own_too)
        yield from named(spelling.words_are_spelt_right(guide, own_too))
    for rule in RULES if looked_at else ():
        yield from named(rule(guide, looked_at))
    for rule in RULES_ON_ALL if looked_at else ():
        yield from named(rule(guide, [*texts, *around]))


def _own_words(guide: Guide) -> Iterator[ReaderText]:
    """The words that are the guide's own, and whose it is: names may be in any language."""
    for document in (guide.words_file, guide.site_origin.document):
        for loc, words in texts_in(document.value or {}):
            if "language" not in loc and (document is guide.words_file or loc[0] in _OWNED):
                place = partial(document.line, loc)
                yield ReaderText(document.path, place, spell(loc), 0, words, document.text, guide.reading)


_OWNED = ("owner", "address", "licence")
"""What the guide says of whoever publishes it."""


def _around(guide: Guide) -> Iterator[ReaderText]:
    """The headings of hand-written pages, and what their front matter says."""
    for article in guide.articles.values():
        file_text = "\n" * (article.first_line - 1) + article.body
        body = markup.without_code(article.body)
        for match in re.finditer(r"^#+[ \t]+(?P<text>\S.*)$", body, re.MULTILINE):
            place = partial(article.line_of, match.start())
            yield ReaderText(article.path, place, "", 0, match["text"], file_text, guide.reading)
        front = article.front
        for name, value in (front.value or {}).items():
            if name in ("title", "description") and isinstance(value, str):
                place = partial(front.line, (name,))
                whole = "\n" * (front.first_line - 1) + front.text
                yield ReaderText(front.path, place, name, 0, value, whole, guide.reading)


# Marks

_MARKS = re.compile(
    r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\}\}|%\}|\[\[.*?(?:\]\]|$)|[$#]\{[^{}]*\}|<%[^%<]*%>"
    r"|(?<![\w%])%[sd]\b|(?<!<!)-- *guide *:|&(?:#\w+|[a-z]{2,8});"
    r"|%\(\w+\)[sd]\b|\{call:\w+(?![\w}])|(?<!\w)\$[A-Za-z_]{2,}\b|(?<!\w)@\w+@|%[A-Z_]{2,}%|%\d\$[sd]"
    r"|(?<!\w)__[A-Z_]{2,}__|\*\|\w+\|\*|\[%.*?%\]|<<\w+>>"
)
_GAP = re.compile(r"\{(?!call:[\w-]+\})[^{}\n]*\}?")
_HAS_GAPS = re.compile(r"^(?!data/)|/flows?(?:/|\.yml$)")
"""Files whose texts may have gaps: those of a flow do, and its own check knows them."""


def templates_are_not_shown(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A text must not hold the marks of a template: nothing fills them in, so readers would see them."""
    for text in texts:
        found = _MARKS.search(html.unescape(text.text))
        if not found and not _HAS_GAPS.search(text.path):
            found = _GAP.search(text.text)
        if found:
            message = f"a text must not hold the marks of a template, but has {quoted(found.group())}"
            tip = (
                "Write the words that readers should see; links are [words](cause:id), numbers {call:advice}."
            )
            yield text.problem_at(found.group(), message, tip)


_PAIRS = (
    ("**", re.compile(r"\*\*"), None),
    ("`", re.compile(r"`"), None),
    ('"', re.compile(r'(?<!\d)"'), None),
    ("[", re.compile(r"\["), re.compile(r"\]")),
    ("(", re.compile(r"\("), re.compile(r"\)")),
    ("“", re.compile(r"“(?=\w)"), re.compile(r"”")),
    ("«", re.compile(r"«"), re.compile(r"»")),
    ("*", re.compile(r"(?<![\w*\\])\*(?=\w)"), re.compile(r"(?<=[\w.!?)])\*(?![\w*])")),
)
"""A mark, what opens with it, and what closes it; None where the same mark does."""


def marks_are_closed(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """What is opened must be closed in the same paragraph or item: a bracket, a quotation, strong words."""
    for text in texts:
        for mark, opens, closes in _PAIRS:
            if mark[0] not in text.text and "](" not in text.text:
                continue
            opened = list(opens.finditer(text.text))
            left = len(opened) - len(closes.findall(text.text)) if closes else len(opened) % 2
            if mark == "[" and left < 0:
                message = f"']' must be opened, but is not: {quoted(text.text)}"
                close = "](" if "](" in text.text else "]"
                yield text.problem_at(close, message, "Write '[' where the words of the link start.")
                break
            if left > 0:
                words = text.text[opened[-1].start() :].split("\n")[0]
                message = f"{quoted(mark)} must be closed, but is not: {quoted(words)}"
                yield text.problem_at(words, message, "Close it where it ends, or delete it.")
                break


# Links

_LINK = re.compile(r"(?<!!)\[(?P<words>(?!@)[^\[\]]*)\]\((?P<target>[^()\s]+)")
_FILLING = (
    "and at button can click detail details find for from further here info information it learn"
    " link more now on out page read see site that the there this to web website you"
)
_FILLERS = frozenset(_FILLING.split())
_ADDRESS = re.compile(r"(?<![\w(<\[/\"'@.])(?:https?://|www\.)[^\s)\]>]+", re.IGNORECASE)
_UNLINKED = re.compile(
    r"(?<![\w@./:(-])(?:[a-z0-9-]+\.)+(?:uk|com|org|net|gov|edu|info|eu|de|es)/[\w./?=&%-]*|<https?://[^<>\s]+>",
    re.IGNORECASE,
)
"""An address without its start, or one that an engine would show as it is."""
_APART = re.compile(
    r"(?<=\])\((?:[a-z]+:[ ]+[\w-]+|https?://|mailto:|tel:|#|https?:[^()]*(?:[ ](?![\"'])|\\)[^()]*)\)|"
    r"\[[^\[\]@]+\]\s+\((?:https?:|[a-z]+:[a-z]|[\w./-]+\.md\b)[^)]*\)"
    r"|\([^()]+\)\[(?:https?:|[a-z]+:[a-z]|[\w./-]+\.md\b)[^\]]*\]|\(@[\w-]+\)"
)


def links_say_where_they_lead(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """The words of a link must say where it leads, also to somebody who hears nothing but the link."""
    empty = guide.words.phrases("language.empty_links")
    for text in texts:
        for link in _LINK.finditer(text.text) if "](" in text.text else ():
            words = markup.plain(link["words"]).strip(" .,:;!?>»→").casefold()
            fills = not {*words.split()} - _FILLERS or (words.isdigit() and len(words) < 3)
            if fills or empty.fullmatch(words) or _ADDRESS.match(words) or words == link["target"]:
                message = f"the words of a link must say where it leads, not {quoted(link['words'])}"
                tip = "Put the link on the words that name the page: 'See [dry air](cause:dry-air).'"
                yield text.problem_at(link.group(), message, tip)


def links_have_an_address(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A link must have an address, and no bracket more than its own two."""
    for text in texts:
        if found := re.search(r"\[[^\[\]]+\]\(\s*\)", text.text):
            message = f"a link must lead somewhere, not {quoted(found.group())}"
            yield text.problem_at(found.group(), message, "Write the address between the round brackets.")
        found = re.search(r"\]\([^()\s]+\)\)", text.text)
        if found and text.text.count(")") > text.text.count("("):
            message = f"a link must end with one bracket, not {quoted(found.group())}"
            yield text.problem_at(found.group(), message, "Delete the bracket that is too many.")


def addresses_are_links(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """An address must be a link with words of its own, and a link's two brackets must touch."""
    for text in texts:
        if text.path.endswith(".md") and re.match(r" {0,3}\[[^\]]+\]:", text.text):
            continue  # where links by name are defined
        bare = markup.LINK.sub("", re.sub(r"\]\([^()\s]*", "](", text.text))
        if found := _ADDRESS.search(bare) or _UNLINKED.search(text.text):
            message = f"an address must be a link with words, not {quoted(found.group())}"
            address = found.group().strip("<>.,")
            address = address if "://" in address else f"https://{address}"
            tip = f"Write [the page's name]({address})."
            yield text.problem_at(found.group(), message, tip)
        elif found := _APART.search(text.text):
            message = (
                f"a link must be written [words](address) and a citation [@id], not {quoted(found.group())}"
            )
            tip = "Put words in square brackets, and at once, without a space, the address in round ones."
            yield text.problem_at(found.group(), message, tip)


_CITED = re.compile(r"\[@[\w-]+(?:\s*;\s*@[\w-]+)*\]")
_NO_CITATION = re.compile(
    r"\[(?P<bare>[a-z0-9]+(?:-[a-z0-9]+)*)\](?![(:\[])|(?<![\w@/(\[])@(?P<open>[a-z0-9]+(?:-[a-z0-9]+)*)\b"
    r"|\[@[^\[\]]*\]"
)


def citations_are_written(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A source must be named as [@id], or as [@id; @other]; otherwise readers see its id."""
    for text in texts:
        for found in _NO_CITATION.finditer(_CITED.sub("", text.text)):
            name = found["bare"] or found["open"]
            if name is None or name in guide.sources or (found["bare"] and name.isdigit()):
                message = f"a source must be named as [@id], or as [@id; @other], not {quoted(found.group())}"
                yield text.problem_at(found.group(), message, "Write each id with its own '@', in brackets.")


# Questions, languages, names

_IN_ONE_LINE = re.compile(r"(?:^|[.\]])(?:title|heading|label|term)$")
_FIRST_LINES = {"title": 15, "description": 40}
"""The most words of the first lines of a hand-written page."""


def names_fit_one_line(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A title must stand on one line, and that of a hand-written page must be short."""
    for text in texts:
        if text.field and re.match(r"(?:#+|[-*+>])[ ]", text.text) and _IN_ONE_LINE.search(text.field):
            message = f"{text.field} must be words alone, not {quoted(text.text)}"
            yield text.problem(message, "Take the mark at its start away: the page sets it.")
        if text.plain.isupper() and len(text.plain.split()) > 2 and _IN_ONE_LINE.search(text.field):
            message = f"{text.field} should not be in capitals, but is: {quoted(text.plain)}"
            yield text.problem(message, f"Write '{text.plain.capitalize()}'.", blocks=False)
        if "\n" in text.text.strip() and _IN_ONE_LINE.search(text.field):
            message = f"{text.field} must stand on one line, not {quoted(text.text)}"
            yield text.problem(message, "Take the line break out, also one that is written '\\n'.")
        longest = {"diary": 20, "title": 30}.get(text.field, len(text.plain))
        if long := re.search(rf"[^\W_]{{{longest + 1},}}", text.plain):
            message = f"{text.field} must have words of at most {longest} letters, not {quoted(long[0])}"
            yield text.problem(message, "Take a shorter word, or put a hyphen into it: paper is narrow.")
        most = _FIRST_LINES.get(text.field, 0) if text.path.endswith(".md") else 0
        if most and len(text.plain.split()) > most:
            message = f"{text.field} must have at most {most} words, but has {len(text.plain.split())}"
            yield text.problem(message, "Say it in fewer: the rest belongs on the page.")


_QUESTION = re.compile(r"(?:^|\.)(?:question|ask|which|ask_your_doctor\[\d+\])$")
_STATED = re.compile(r"(?:^|\.)(?:sign|lead|clause|paper)$")
_ASKS = re.compile(r"\b(?:who|when|where|what|which|why|how)\b", re.IGNORECASE)


def questions_ask_one_thing(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A question must ask one thing, or two that belong together: of three, nobody answers the second."""
    for text in texts:
        if _QUESTION.search(text.field) and (text.plain.count("?") > 1 or len(_ASKS.findall(text.plain)) > 2):
            message = f"{text.field} must ask one thing, not {quoted(text.plain)}"
            yield text.problem(message, "Make each question an entry of its own.")
        elif text.path.endswith("/criteria.yml") and _STATED.search(text.field) and "?" in text.plain:
            message = f"{text.field} must be a sentence and no question, not {quoted(text.plain)}"
            yield text.problem(message, "Say one thing that is true of whoever has the sign.")


RULES: tuple[Callable[[Guide, Iterable[ReaderText]], Iterator[Problem]], ...] = (
    templates_are_not_shown,
    marks_are_closed,
    links_say_where_they_lead,
    addresses_are_links,
    links_have_an_address,
    citations_are_written,
    names_fit_one_line,
    questions_ask_one_thing,
    *numbers.RULES,
    slips.texts_have_no_slips,
    slips.headings_are_marked,
    one_language.parts_are_in_one_language,
)
"""The rules on single texts."""
RULES_ON_ALL: tuple[Callable[[Guide, Iterable[ReaderText]], Iterator[Problem]], ...] = (
    one_language.sentences_are_in_one_language,
    link_words.links_lead_where_they_say,
    medicines.medicines_are_spelt_right,
    slips.texts_are_whole,
    *numbers.RULES_ON_ALL,
)
"""Those that hold texts against each other; where no text is new, all were right."""
