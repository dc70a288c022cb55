"""Plain-language advice, sentence by sentence: how long or hard a sentence is, and plainer words from a reviewed list. It never blocks."""

from __future__ import annotations

from collections.abc import Iterator

from careguide.checks.sentences import Said, texts
from careguide.guide.guide import Guide
from careguide.guide.readability import Vocabulary, length
from careguide.source.problems import Problem, one_of, quoted

LONG = 20
"""A sentence with more words than this could be shorter. (From 26 words on it is a problem.)"""
HARD = 10.0
"""A sentence above this grade could be plainer."""
FEWEST_WORDS = 8
"""Below this many words a grade says little: one long word decides it."""
UNSEEN = ("vignettes",)
"""Kinds of thing whose texts no reader sees."""


def advice(guide: Guide, vocabulary: Vocabulary) -> list[Problem]:
    """A notice for each sentence that could be plainer, once for each place it stands at."""
    found = []
    for said in _prose(guide):
        for number, sentence in enumerate(said.sentences):
            if tips := list(_tips(sentence, vocabulary)):
                message = f"this sentence could be plainer ({_measure(sentence, vocabulary)}): {quoted(sentence, length=200)}"
                found.append(Problem(said.path, said.lines[number], message, " ".join(tips), blocks=False))
    return sorted(set(found))


def fresh(old: Guide, new: Guide) -> list[Problem]:
    """The advice on sentences that are new or have changed. A sentence that has only moved to another line is neither."""
    known = {(each.path, each.message) for each in advice(old, new.reading)}
    return [each for each in advice(new, new.reading) if (each.path, each.message) not in known]


def _prose(guide: Guide) -> Iterator[Said]:
    """The texts that can be worded freely. Other names of a thing are what people call it."""
    unseen = {origin.path for kind, _, origin in guide.all() if kind in UNSEEN}
    return (
        said for said in texts(guide) if said.path not in unseen and not said.field.startswith("also_called")
    )


def _tips(sentence: str, vocabulary: Vocabulary) -> Iterator[str]:
    plainer = vocabulary.plain_words(sentence)
    for word, say in plainer.items():
        yield f"Say {quoted(say)} for {quoted(word)}."
    if (words := length(sentence)) > LONG:
        yield "Make it two sentences."
    elif words >= FEWEST_WORDS and vocabulary.grade(sentence) > HARD and not plainer:
        hardest = vocabulary.hardest(sentence)
        yield (
            f"Look for shorter words than {one_of(map(quoted, hardest), last='and')}."
            if hardest
            else "Make it two sentences."
        )


def _measure(sentence: str, vocabulary: Vocabulary) -> str:
    words = length(sentence)
    return f"{words} word{'s' * (words != 1)}, grade {max(0, vocabulary.grade(sentence)):.0f}"
