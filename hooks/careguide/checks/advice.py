"""Plain-language advice, sentence by sentence, which never blocks.

It says how long or hard a sentence is, and names plainer words from a reviewed list.
"""

from collections.abc import Iterator

from careguide.checks.sentences import ReaderText, texts
from careguide.guide.guide import Guide
from careguide.guide.readability import Reading, length
from careguide.source.problems import Problem, one_of, quoted

LONG = 20
"""A sentence with more words than this could be shorter. (From 26 words on it is a problem.)"""
FEWEST_WORDS = 8
"""Below this many words a grade says little: one long word decides it."""
UNSEEN = ("vignettes",)
"""Kinds of thing whose texts no reader sees."""


def advice(guide: Guide, reading: Reading) -> list[Problem]:
    """A notice for each sentence that could be plainer, once for each place it stands at."""
    found: set[Problem] = set()
    for text in _prose(guide):
        for number, sentence in enumerate(text.sentences):
            if tips := list(_tips(sentence, reading)):
                words, grade = length(sentence), reading.grade(sentence)
                measure = f"{words} word{'s' * (words != 1)}"
                if reading.formula and grade is not None:
                    measure += f", {reading.formula.unit} {max(0, grade):.0f}"
                message = f"this sentence could be plainer ({measure}): {quoted(sentence, length=200)}"
                found.add(text.problem(message, " ".join(tips), number, blocks=False))
    return sorted(found)


def fresh(old: Guide, new: Guide) -> list[Problem]:
    """The advice on sentences that are new or have changed; one that has only moved is neither."""
    known = {(problem.path, problem.message) for problem in advice(old, new.reading)}
    return [problem for problem in advice(new, new.reading) if (problem.path, problem.message) not in known]


def _prose(guide: Guide) -> Iterator[ReaderText]:
    """The texts that can be worded freely. Other names of a thing are what people call it."""
    unseen = {origin.path for kind, _, origin in guide.all() if kind in UNSEEN}
    for text in texts(guide):
        if text.path not in unseen and not text.field.startswith("also_called"):
            yield text


def _tips(sentence: str, reading: Reading) -> Iterator[str]:
    plainer = reading.vocabulary.plain_words(sentence)
    for word, say in plainer.items():
        yield f"Say {quoted(say)} for {quoted(word)}."
    words = length(sentence)
    hard = words >= FEWEST_WORDS and reading.is_hard(sentence) and not plainer
    hardest = reading.hardest(sentence) if hard and words <= LONG else []
    if hardest:
        yield f"Look for shorter words than {one_of(map(quoted, hardest), last='and')}."
    elif hard or words > LONG:
        yield "Make it two sentences."
