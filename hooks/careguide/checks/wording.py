"""Words that readers must not see: what is left to write, promises, orders, template marks, open brackets.

Patterns are narrow: what is right must never be refused, so what cannot be told for sure is a notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from careguide.checks.sentences import ReaderText
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.source import markup
from careguide.source.problems import Problem, named, quoted


@dataclass(frozen=True)
class Wording:
    """What a sentence must not say."""

    rule: str
    """The rule's name."""
    pattern: re.Pattern[str]
    """What it must not say."""
    must: str
    """The rule in words."""
    tip: str
    unless: re.Pattern[str] | None = None
    """Where this stands in the sentence too, it says something else."""
    blocks: bool = True
    small: frozenset[str] = frozenset()
    """What it may say in small letters, because another language has such a word."""

    def is_excused(self, sentence: str, found: re.Match[str]) -> bool:
        """Whether it is another word, or the rest of a sentence says that it is meant in another way."""
        if sentence[found.start() : found.end()] in self.small:
            return True
        rest = f"{sentence[: found.start()]} {sentence[found.end() :]}".lower()
        return bool(self.unless and self.unless.search(rest))


_NUMBER = r"(?:\d+|one|two|three|four|five|six|ten|twelve|fifteen|twenty|thirty|sixty)"
_MEDICINE = (
    r"(?:medicines?|medications?|tablets?|pills?|capsules?|drugs?|doses?|antidepressants?|antibiotics?"
    r"|steroids?|statins?|warfarin|lithium|blood[- ]thinners?|painkillers?|insulin|inhalers?)"
)
_NEGATED = re.compile(r"\b(?:no|not|never|nobody|nothing|none|cannot|neither|nor|whether|hardly)\b|n[’']t\b")
_ASKED = re.compile(
    r"\b(?:not|never|ask\w*|doctor|nurse|pharmacist|prescri\w+|advi[sc]e\w*|told|call|help|until|unless"
    r"|before)\b|n[’']t\b"
)
# Patterns look at small letters. One that starts with a letter is found far quicker than one with \b first.
_UNWRITTEN = re.compile(
    r"todo\b|fixme\b|tbc\b|tbd\b|xxx+\b|lorem ipsum|dolor sit amet|citation needed"
    r"|(?:add|insert|put|write|your) (?:the |your |some )?(?:text|words|title|name|number|sentence)s? here\b"
    r"|(?<!\])\[(?:insert|add|number|name|date|title|text|source)\b[^\[\]]*\](?![(:\[])|\?\?+|(?<!\S)(?:…|\.\.\.+)(?!\S)"
)
_PROMISE = re.compile(
    r"always (?:works?|helps?|heals?|cures?|succeeds?)\b|never fails?\b|miracles?\b|guarantee[ds]?\b"
    r"|100 ?(?:%|per ?cent) (?:\w+ )?(?:safe|effective|sure|certain|harmless|successful|cure\w*)\b"
    r"|(?:completely|totally|absolutely|perfectly|entirely) (?:safe|effective)\b|risk[- ]free\b"
    r"|(?:has|have|with|are) no (?:side[- ]effects|risks)\b|without any (?:side[- ]effects|risks)\b"
    r"|(?:works?|safe|helps?) for (?:every|any)(?:one|body)\b|wonder (?:cure|drug)\b"
    r"|(?:heals|cures) (?:every|all|any)\b|proven to (?:cure|heal|work)\b|instant(?:ly)? cures?\b"
)
_ORDER = re.compile(
    r"(?:^|[.!?,;:] |just |then |should |must |simply |please |and )"
    r"(?:(?:stop|quit|halve|double|skip|come off)(?: taking| using)?"
    r"|(?:raise|increase|reduce|lower|cut) your)"
    rf"(?: (?:your|the|all|any|these|those|of|usual|daily|prescribed|extra))* {_MEDICINE}\b"
    rf"|do not take your (?:usual |daily )?{_MEDICINE}\s*[.!]|take (?:{_NUMBER} )?extra {_MEDICINE}\b"
)
_WITHOUT_UNIT = re.compile(
    rf"for (?:about |at least |around |up to )?{_NUMBER}(?:(?: to |–|-){_NUMBER})?"
    r"(?=\s*(?:$|[.;:!?)](?!\d)|,(?!\s*(?:or |and )?\d)|\b(?:and|then|but)\b(?!\s*\d)))"
    r"|take (?:up to )?\d+(?= (?:once|twice|daily|a day|per day|every|each|\w+ times)\b)"
)
WORDINGS = (
    Wording(
        "texts_are_finished",
        _UNWRITTEN,
        "a text must be finished",
        "Write what is meant, or delete it; until it is ready, put 'draft: true' at the top.",
        small=frozenset({"todo"}),  # 'all' in Spanish and in Portuguese
    ),
    Wording(
        "texts_promise_nothing",
        _PROMISE,
        "a text must not promise what nobody can",
        "Say how often it helps, and what it can do: 'It helps most people.'",
        unless=_NEGATED,
    ),
    Wording(
        "cures_are_proven",
        re.compile(r"cures\b|(?:will|can|could) cure\b|(?:complete|total) cure for\b"),
        "a cure is a strong claim",
        "If no source shows a cure, say 'helps' or 'eases'.",
        unless=_NEGATED,
        blocks=False,
    ),
    Wording(
        "medicines_are_not_changed_alone",
        _ORDER,
        "a text must not tell readers to change a medicine by themselves",
        "Say whom to ask first: 'Ask a doctor or pharmacist before you stop a medicine.'",
        unless=_ASKED,
    ),
    Wording(
        "doctors_are_followed",
        re.compile(r"ignore (?:your|the|any|what your) (?:doctor|nurse|pharmacist)\b"),
        "a text must not tell readers to ignore a doctor, nurse or pharmacist",
        "Say what they can ask instead.",
        unless=_NEGATED,
    ),
    Wording(
        "amounts_have_units",
        _WITHOUT_UNIT,
        "an amount must have its unit",
        "Add what is counted: seconds, minutes, times, tablets.",
    ),
)
"""What no sentence may say, rule by rule."""


def check(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """Every rule, on the texts that readers see and on the headings and first lines of articles."""
    every = [*texts, *_around(guide)]
    yield from sentences_say_nothing_wrong(every)
    for rule in RULES:
        yield from named(rule(guide, every))


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


def sentences_say_nothing_wrong(texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """No sentence says what it must not say."""
    for text in texts:
        whole = text.plain.lower()
        for wording in WORDINGS:
            if not wording.pattern.search(whole):  # most texts need no closer look
                continue
            for number, sentence in enumerate(text.sentences or (text.plain,)):
                lower = sentence.lower()
                found = wording.pattern.search(lower)
                if found and not wording.is_excused(sentence, found):
                    line = text.lines[number] if text.sentences else text.line
                    words = sentence[found.start() : found.end()] or sentence
                    message = f"{wording.must}, but this says {quoted(words)}"
                    yield Problem(text.path, line, message, wording.tip, wording.blocks, wording.rule)


# ------------------------------------------------------------------------------------------------------------
# Marks


_MARKS = re.compile(
    r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\}\}|%\}|\[\[.*?(?:\]\]|$)|\$\{[^{}]*\}|<%[^%<]*%>|(?<!\w)%s\b"
)
_GAP = re.compile(r"\{(?!call:)\w[\w ]*\}")
_IN_DATA = re.compile(r"data/(?!flows?\b)")
"""Files whose texts have no gaps; those of a flow do, and its own check knows them."""


def templates_are_not_shown(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A text must not hold the marks of a template: nothing fills them in, so readers would see them."""
    for text in texts:
        found = _MARKS.search(text.text)
        if not found and _IN_DATA.match(text.path):
            found = _GAP.search(text.text)
        if found:
            message = f"a text must not hold the marks of a template, but has {quoted(found.group())}"
            tip = "Write the words that readers should see; an id is linked as [words](cause:id)."
            yield text.problem_at(found.group(), message, tip)


_PAIRS = (
    ("**", re.compile(r"\*\*"), None),
    ("`", re.compile(r"`"), None),
    ('"', re.compile(r'(?<!\d)"'), None),
    ("[", re.compile(r"\["), re.compile(r"\]")),
    ("(", re.compile(r"\("), re.compile(r"\)")),
    ("“", re.compile(r"“"), re.compile(r"”")),
    ("*", re.compile(r"(?<![\w*\\])\*(?=\w)"), re.compile(r"(?<=[\w.!?)])\*(?![\w*])")),
)
"""A mark, what opens with it, and what closes it; None where the same mark does."""


def marks_are_closed(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """What is opened must be closed in the same paragraph or item: a bracket, a quotation, strong words."""
    for text in texts:
        for mark, opens, closes in _PAIRS:
            if mark[0] not in text.text:
                continue
            opened = list(opens.finditer(text.text))
            left = len(opened) - len(closes.findall(text.text)) if closes else len(opened) % 2
            if left > 0:
                words = text.text[opened[-1].start() :].split("\n")[0]
                message = f"{quoted(mark)} must be closed, but is not: {quoted(words)}"
                yield text.problem_at(words, message, "Close it where it ends, or delete it.")
                break


# ------------------------------------------------------------------------------------------------------------
# Links


_LINK = re.compile(r"(?<!!)\[(?P<words>(?!@)[^\[\]]*)\]\((?P<target>[^()\s]+)")
_SAY_NOTHING = {
    *("click", "click here", "here", "link", "this link", "this", "this page", "page", "more", "read more"),
    *("learn more", "find out more", "see here", "there", "see more", "this site", "website", "go"),
}
_ADDRESS = re.compile(r"(?<![\w(<\[/\"'@.])(?:https?://|www\.)[^\s)\]>]+", re.IGNORECASE)
_APART = re.compile(
    r"\[[^\[\]@]+\]\s+\((?:https?:|[a-z]+:[a-z]|[\w./-]+\.md\b)[^)]*\)"
    r"|\([^()]+\)\[(?:https?:|[a-z]+:[a-z]|[\w./-]+\.md\b)[^\]]*\]|\(@[\w-]+\)"
)


def links_say_where_they_lead(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """The words of a link must say where it leads, also to somebody who hears nothing but the link."""
    for text in texts:
        for link in _LINK.finditer(text.text) if "](" in text.text else ():
            words = markup.plain(link["words"]).strip(" .,:;!?>»→").casefold()
            if not words or words in _SAY_NOTHING or _ADDRESS.match(words) or words == link["target"]:
                message = f"the words of a link must say where it leads, not {quoted(link['words'])}"
                tip = "Put the link on the words that name the page: 'See [dry air](cause:dry-air).'"
                yield text.problem_at(link.group(), message, tip)


def addresses_are_links(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """An address must be a link with words of its own, and a link's two brackets must touch."""
    for text in texts:
        if text.path.endswith(".md") and re.match(r" {0,3}\[[^\]]+\]:", text.text):
            continue  # where links by name are defined
        bare = markup.LINK.sub("", re.sub(r"\]\([^()\s]*", "](", text.text))
        if found := _ADDRESS.search(bare):
            message = f"an address must be a link with words, not {quoted(found.group())}"
            tip = f"Write [the page's name]({found.group().rstrip('.,')})."
            yield text.problem_at(found.group(), message, tip)
        elif found := _APART.search(text.text):
            message = (
                f"a link must be written [words](address) and a citation [@id], not {quoted(found.group())}"
            )
            tip = "Put words in square brackets, and at once, without a space, the address in round ones."
            yield text.problem_at(found.group(), message, tip)


# ------------------------------------------------------------------------------------------------------------
# Questions, numbers, languages, names


_QUESTION = re.compile(r"(?:^|\.)(?:question|ask|which|ask_your_doctor\[\d+\])$")
_ASKS = re.compile(r"\b(?:who|when|where|what|which|why|how)\b", re.IGNORECASE)


def questions_ask_one_thing(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A question must ask one thing, or two that belong together: of three, nobody answers the second."""
    for text in texts:
        if _QUESTION.search(text.field) and (text.plain.count("?") > 1 or len(_ASKS.findall(text.plain)) > 2):
            message = f"{text.field} must ask one thing, not {quoted(text.plain)}"
            yield text.problem(message, "Make each question an entry of its own.")


_RANGE = re.compile(r"(?<![\d.,/-])(?P<least>\d+) ?(?:to|–) ?(?P<most>\d+) (?P<unit>[a-z]{3,})\b")


def ranges_go_up(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """Of two numbers that make a range, the smaller stands first."""
    for text in texts:
        for found in _RANGE.finditer(text.plain):
            if int(found["least"]) >= int(found["most"]):
                message = f"a range must start with its smaller number, not {quoted(found.group())}"
                tip = f"Write '{found['most']} to {found['least']} {found['unit']}', if that is meant."
                yield text.problem_at(found.group(), message, tip)


_WORD = re.compile(r"[^\W\d_]+")
_JOINING = {
    "German": "der die das und nicht ist ein eine von mit auf für sich den dem im zu sind auch wird bei oder",
    "French": "le la les des est et une pas dans pour que qui elle il sont avec sur vous du au",
    "Spanish": "el la los las es y una de con por que se del para su como más en",
    "Dutch": "de het een en niet van op zijn met voor dat wordt ook bij aan naar maar",
    "Italian": "il lo gli di è che per una non con del della sono si nel la",
}
"""The words that join sentences in other languages."""
_ENGLISH_JOINING = (
    "the of to and or it you your not for with if by from be can may that this are have has but because they"
    " their there when what which who how most some more than all any"
)
_ENGLISH = frozenset(_ENGLISH_JOINING.split())


def sentences_are_in_one_language(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A sentence in a guide that is in English must be in English."""
    if guide.site.locale.base != "en":
        return
    others = {language: frozenset(words.split()) for language, words in _JOINING.items()}
    every = frozenset().union(*others.values())
    for text in texts:
        for number, sentence in enumerate(text.sentences):
            words = {word.casefold() for word in _WORD.findall(sentence)}
            if len(words & every) < 2 or words & _ENGLISH or not sentence.endswith((".", "!", "?")):
                continue
            language = max(others, key=lambda each: len(words & others[each]))
            message = f"a sentence must be in English, but this looks {language}: {quoted(sentence)}"
            tip = "Translate it; the name of a thing goes into 'also_called'."
            yield text.problem(message, tip, number)


_LONG_NAME = 7
_LONG_WORD = re.compile(rf"[^\W\d_]{{{_LONG_NAME - 1},}}")


def medicines_are_spelt_right(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A word one letter off the name of a medicine is worth a look: it can be another medicine."""
    names: set[str] = set()
    near: defaultdict[str, set[str]] = defaultdict(set)
    for word in _WORD.findall(" ".join(selection.all_medicines(guide)).casefold()):
        if len(word) >= _LONG_NAME:
            names.add(word)
            for key in _shortened(word):
                near[key].add(word)
    meant: dict[str, str] = {}
    """What each word may be meant to be. Words come again and again, so each is looked up once."""
    for text in texts if names else ():
        for word in _LONG_WORD.findall(text.plain):
            if word not in meant:
                meant[word] = _nearly(word.casefold(), names, near)
            if meant[word]:
                message = f"{quoted(word)} is almost the name of a medicine, {quoted(meant[word])}"
                tip = f"If it is that, write '{meant[word]}'; if it is another word, nothing is wrong."
                yield text.problem_at(word, message, tip, blocks=False)


def _nearly(word: str, names: AbstractSet[str], near: Mapping[str, set[str]]) -> str:
    """The name that a word is one letter off; empty where it is a name itself, or one with an s."""
    if word in names or word.removesuffix("s") in names:
        return ""
    return min((name for key in _shortened(word) for name in near.get(key, ())), default="")


def _shortened(word: str) -> set[str]:
    """A word, and it without each of its letters in turn: two words one letter apart share one of these."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


RULES: tuple[Callable[[Guide, Iterable[ReaderText]], Iterator[Problem]], ...] = (
    templates_are_not_shown,
    marks_are_closed,
    links_say_where_they_lead,
    addresses_are_links,
    questions_ask_one_thing,
    ranges_go_up,
    sentences_are_in_one_language,
    medicines_are_spelt_right,
)
