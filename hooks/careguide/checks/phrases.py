"""What no sentence may say: what is left to write, promises, orders, amounts without their unit.

Patterns are narrow: what is right must never be refused, so what cannot be told for sure is a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from careguide.checks.sentences import ReaderText
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.source.problems import Problem, quoted


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
        after = sentence[found.end() :]
        if self.unless is _NEGATED:  # what is denied after a comma is something else
            after = re.split(r"[,;:]| but ", after)[0]
        rest = f"{sentence[: found.start()]} {after}".lower()
        return bool(self.unless and self.unless.search(rest))


_NUMBER = r"(?:\d+|one|two|three|four|five|six|ten|twelve|fifteen|twenty|thirty|sixty)"
_MEDICINE = (
    r"(?:medicines?|medications?|tablets?|pills?|capsules?|drugs?|doses?|dosage|antidepressants?|antibiotics?"
    r"|steroids?|statins?|warfarin|lithium|aspirin|blood[- ]thinners?|beta[- ]blockers?|water tablets?"
    r"|painkillers?|insulin|inhalers?)"
)
_NEGATED = re.compile(r"\b(?:no|not|never|nobody|nothing|none|cannot|neither|nor|whether|hardly)\b|n[’']t\b")
_ASKED = re.compile(
    r"\b(?:not|never|ask\w*|doctors?|nurses?|pharmacists?|prescri\w+|advi[sc]e\w*|told|call|help|until|unless"
    r"|before (?:you|stopping|any|doing))\b|n[’']t\b"
)
# Patterns look at small letters. One that starts with a letter is found far quicker than one with \b first.
_UNWRITTEN = re.compile(
    r"todo\b|to do:|fixme\b|fix me\b|tbc\b|tbd\b|tba\b|xxx+\b|lorem ipsum|dolor sit amet|sed ut perspiciatis"
    r"|asdf\w*|qwert[yz]\w*|foo bar|blah blah|place[- ]?holder (?:text|words|title)\b|@@@+|(?<=\s)_{3,}(?=\s)"
    r"|citation needed|(?:sources?|ref(?:erence)?s?) (?:needed|missing|to follow)|\((?:source|ref)\?\)"
    r"|(?:text|words|more|details) (?:to follow|follows? (?:here|soon|later))"
    r"|\((?:please )?check(?: (?:this|that|it|again|source|date|number|with \w+))?[!?.]*\)"
    r"|note to (?:editors?|reviewers?)\b"
    r"|(?:in|page|for|about|after|within) xx\b|xx (?:%|days|weeks|months|years|hours|minutes|people)"
    r"|(?:add|insert|put|write|your) (?:the |your |some )?(?:text|words|title|name|number|sentence)s? here\b"
    r"|^(?:n/a|null|undefined|nan|none|[-–—.…*#]+)[.!]?$"
    r"|^(?:question|heading|section|item|step|answer|sign|cause|title|text|name) (?:\d+|[a-c]|x)[.?!]?$"
    r"|^(?:describe|explain|enter|insert|type|fill in) (?:the|your|a|an|this) [a-z]+(?: here)?[.!]?$"
    r"|\((?:add|insert|need|needs|missing) (?:a |the )?(?:source|link|text|number|date|reference)s?\)"
    r"|^your (?:organi[sz]ation|company|clinic|charity|project|practice|guide|team|name|address)"
    r"(?:[’']s)?(?: name)?[.!]?$"
    r"|your (?:tagline|headline|description|organisation|address) here\b"
    r"|(?<!\])\[(?:insert|add|number|name|date|title|text|source)\b[^\[\]]*\](?![(:\[])|\?\?+"
    r"|(?<!\S)(?:…|\.\.\.+)(?!\S)"
)
_PROMISE = re.compile(
    r"always (?:works?|helps?|heals?|cures?|succeeds?)\b|never fails?\b|miracles?\b|guarantee[ds]?\b"
    r"|works? every time\b|never comes? back\b|certain to (?:work|help|heal|cure)\b|we promise\b|detox\w*"
    r"|(?:you |they |it )(?:will|are|is) (?:be )?cured\b|best (?:remedy|treatment|cure"
    r"|medicine) (?:there is|ever|of all)\b"
    r"|100 ?(?:%|per ?cent) (?:\w+ )?(?:safe|effective|sure|certain|harmless|successful|cure\w*)\b"
    r"|(?:completely|totally|absolutely|perfectly|entirely) (?:safe|effective|harmless|without risk)\b"
    r"|risk[- ]free\b"
    r"|(?:has|have|with|are|is) (?:absolutely )?no (?:side[- ]effects|risks?)(?= at all|\W*$)"
    r"|(?:has|(?<!people )have|with|are) no (?:side[- ]effects|risks)\b|without any (?:side[- ]effects"
    r"|risks)\b"
    r"|(?:works?|safe|helps?) for (?:every|any)(?:one|body)\b|wonder (?:cure|drug)\b|doctors hate\b"
    r"|(?:heals|cures) (?:every|all|any)\b|(?:scientifically|clinically) proven\b|instant(?:ly)? cures?\b"
    r"|proven to (?:cure|heal|work|stop|end)\b|(?:is|are) never (?:dangerous|serious|cancer"
    r"|an emergency)(?! to)\b"
    r"|never (?:means|a sign of) anything (?:bad|serious|dangerous)\b|nothing to worry about,? ever\b"
    r"|you (?:cannot|can[’']t|do not|don[’']t) have (?:a |an )?(?:tumour|cancer|stroke|heart attack)\b"
)
_DETERMINED = (
    r"(?: (?:your|the|a|all|any|these|those|of|usual|daily|prescribed|extra|evening|morning|heart|own))*"
)
_ORDER = re.compile(
    r"(?:^|[.!?,;:] |so |just |then |should |must |simply |please |and |you can |you may |you could )"
    r"(?:(?:stop|quit|halve|double|skip|come off|leave out|pause|discontinue|throw away|miss out|taper)"
    r"(?: taking| using)?|(?:raise|increase|reduce|lower|cut|change|switch) your|switch to)"
    rf"(?:{_DETERMINED}|(?: your| the| another)(?: [a-z]+){{0,2}}?) {_MEDICINE}\b"
    r"|(?:come off|quit|stop taking|drop) (?:it|them|yours) (?:straight away|at once|today|now|immediately)\b"
    rf"|do not take your (?:\w+ ){{0,2}}{_MEDICINE}\s*[.!]|take (?:{_NUMBER} )?(?:extra|more) {_MEDICINE}\b"
    rf"|take (?:twice|double|half|three times) (?:your |the )?(?:usual |normal |daily )?{_MEDICINE}\b"
    rf"|take (?:your |a )?(?:partner|friend|mother|father|neighbour|wife|husband)[’']s {_MEDICINE}\b"
)
_WITHOUT_UNIT = re.compile(
    rf"(?:for|wait|sleep|repeat after|rest|hold|breathe|do (?:this|it|them|that)) (?:about |at least "
    rf"|around |up to )?"
    rf"{_NUMBER}(?: ?(?:to|–|-) ?{_NUMBER})?"
    r"(?=\s*(?:$|[.;:!?)](?!\d)|,(?!\s*(?:or |and )?\d)|\b(?:and|then|but|before|until)\b(?!\s*\d)))"
    r"|\d+ of (?:vitamin|caffeine|magnesium|potassium|calcium|alcohol|iron|sodium)\b"
    r"|(?:limit|dose|amount|maximum)(?: \w+){0,2} is \d+(?= (?:a|per|each|every) day\b)"
    r"|take (?:up to )?\d+(?= (?:once|twice|daily|a day|per day|every|each|\w+ times)\b)|take \d{2,} of\b"
    r"|(?:drink|eat) (?:up to )?\d+(?= (?:once|twice|daily|a day|per day|every day|each day)|\s*[.;!]\s*$)"
)
_AWAY = re.compile(
    r"ignore (?:what )?(?:your|the|any|a) (?:doctor|nurse|pharmacist)\b|ignore any what your (?:doctor"
    r"|nurse)\b"
    r"|(?:do not|don[’']t|never) (?:call|phone|dial|go to|wait for) (?:an? |the )?"
    r"(?:ambulance|emergency|hospital|a&e|{call:\w+})"
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
        re.compile(
            r"cures\b|(?:will|can|could) cure\b|(?:a|the|this|complete|total) cure\b"
            r"|will (?:heal|fix) (?:it|this|you|your|any|every)\b|will never (?:\w+ ){1,3}again\b"
            r"|^all (?:\w+ ){1,3}are (?:harmless|safe)\b|can always (?:be )?(?:prevent|avoid|stop|treat)"
            r"|(?:it|this|they|these|both|which) always (?:stops?|ends?|prevents?)\b"
            r"|(?:rids?|gone|heals?|ends?|stops?) (?:\w+ ){0,5}for good\b"
        ),
        "this is a strong claim",
        "If no source shows it, say 'helps', 'eases' or 'most'.",
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
        _AWAY,
        "a text must not keep readers from a doctor, a nurse or help",
        "Say whom to ask, and where to go instead.",
        unless=re.compile(r"\b(?:if|unless|until|instead|first|only|yourself|alone)\b"),
    ),
    Wording(
        "amounts_have_units",
        _WITHOUT_UNIT,
        "an amount must have its unit",
        "Add what is counted: seconds, minutes, times, tablets.",
    ),
)
"""What no sentence in English may say, rule by rule."""
_OF_OTHERS = frozenset({"todo", "Todo", "TBC", "tbc"})
"""Words of other languages, such as 'all' in Spanish, and their name of an illness."""


def wordings(guide: Guide) -> list[Wording]:
    """What no sentence of a guide may say: the patterns of English, and what its language's words add.

    In another language these are marks that every language has, such as 'xxx', and the words alone.
    """
    unfinished, promises = (wording for wording in WORDINGS if wording.rule in _IN_WORDS)
    words = guide.words
    alone = words.phrases("language.unfinished_alone").pattern
    more = rf"{words.phrases('language.unfinished').pattern}|^{alone}[.!]?$"
    unfinished = replace(unfinished, pattern=re.compile(f"{unfinished.pattern.pattern}|{more}"))
    if guide.site.locale.base == "en":
        names = "|".join(sorted(map(re.escape, map(str.lower, selection.all_medicines(guide)))))
        made = [unfinished]
        for each in WORDINGS:
            if each.pattern is _ORDER and names:
                order = _ORDER.pattern.replace(_MEDICINE, f"(?:{_MEDICINE}|{names})")
                dose = rf"take (?:a|{_NUMBER}) (?:(?:mg|tablets?) (?:of )?)?(?:{names})\b"
                made.append(replace(each, pattern=re.compile(f"{order}|{dose}")))
            elif each.rule != unfinished.rule:
                made.append(each)
        return made
    promised = replace(promises, pattern=words.phrases("language.promises"), unless=None)
    return [replace(unfinished, small=_OF_OTHERS), promised, *_in_words(guide)]


def _in_words(guide: Guide) -> Iterator[Wording]:
    """The rules on medicines and amounts in another language than English, as its words tell them."""
    words = guide.words
    changes, medicines = (
        words.phrases("language.changes").pattern,
        words.phrases("language.medicines").pattern,
    )
    allowed = "".join(rf"(?<!{word} )" for word in guide.words.text("language.denies").split())
    order = re.compile(rf"{allowed}{changes} (?:[^\W\d_]+ ){{0,3}}{medicines}")
    amount = re.compile(rf"{words.phrases('language.counts').pattern} (?:{_ROUNDED})?\d+{_NO_UNIT}")
    for each in WORDINGS:
        if each.rule == "medicines_are_not_changed_alone":
            yield replace(each, pattern=order, unless=words.phrases("language.asks"))
        elif each.rule == "amounts_have_units":
            yield replace(each, pattern=amount)


_ROUNDED = r"(?:unos|unas|etwa|rund|bis zu|hasta) "
_NO_UNIT = r"(?=\s*(?:$|[.;:!?)](?!\d)|,(?!\d)|\b(?:y|e|und|dann|luego)\b))"
"""What follows an amount that says no unit: the end of what is said."""


_IN_WORDS = ("texts_are_finished", "texts_promise_nothing")
"""The rules to which each language adds words of its own."""


def sentences_say_nothing_wrong(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """No sentence says what it must not say."""
    rules = wordings(guide)
    for text in texts:
        whole = text.plain.lower()
        for wording in rules:
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
