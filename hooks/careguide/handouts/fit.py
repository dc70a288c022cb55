"""Whether a sheet fits on its paper, and what must be shorter where it does not."""

from __future__ import annotations

import datetime
from typing import Any

from careguide.guide.guide import Guide
from careguide.handouts import layout, pdf
from careguide.handouts.handout import Handout
from careguide.handouts.layout import Edition
from careguide.source.problems import Problem

_FIELDS = {"ask": "ask_your_doctor", "asked": "doctor_questions", "avoid": "remedies", "signs": "shown"}
"""The field of a symptom that a list on a sheet comes from, where its name is another."""


def _too_long(handout: Handout, edition: Edition, content: dict[str, Any], guide: Guide) -> Problem:
    """Names the longest text on the sheet, and how many of its words are too many: found by trying."""
    most, dated = layout.sides(handout, edition), datetime.date.fromisoformat(handout.checked)
    kind, id, field, texts = max(_texts(handout, content), key=lambda each: sum(map(_count, each[3])))
    whole, (low, high) = list(texts), (0, sum(map(_count, texts)))
    while low < high:
        middle = (low + high) // 2
        texts[:] = _shorter(whole, middle)
        low, high = (low, middle) if pdf.build(content, dated=dated)[1] <= most else (middle + 1, high)
    texts[:] = whole
    origin = guide.origins[kind, id]
    sides = "1 side" if most == 1 else f"{most} sides"
    message = f"{field} must be {low} word{'s' * (low != 1)} shorter, so that the {edition.name} sheet '{handout.id}' fits on {sides}"
    return Problem(
        origin.path,
        origin.line((field,)),
        message,
        "Or shorten another text of the sheet: this one is the longest.",
    )


def _texts(handout: Handout, content: dict[str, Any]) -> list[tuple[str, str, str, list[Any]]]:
    """The lists of texts on a sheet, each with the thing and the field it comes from. They are the content's own, so that changing them changes the sheet."""
    found = [
        ("remedies", each.id, field, shown[field])
        for each, shown in zip(handout.remedies, content.get("remedies", ()), strict=True)
        for field in ("steps", "do", "dont", "not_for", "stop_if")
        if field in shown
    ]
    if handout.kind != "remedy":
        lists = [(name, content[name]) for name in ("ask", "asked", "avoid") if name in content]
        lists += [("signs", level["signs"]) for level in content["levels"]]
        found += [("symptoms", handout.about, _FIELDS[name], texts) for name, texts in lists]
    return [each for each in found if each[3]]


def _words_of(text: Any) -> list[str]:
    """The words of a text, which may be in pieces."""
    return text.split() if isinstance(text, str) else "".join(run["text"] for run in text).split()


def _count(text: Any) -> int:
    return len(_words_of(text))


def _shorter(texts: list[Any], less: int) -> list[Any]:
    """The texts without so many words, taken from the end of the longest."""
    kept = list(map(_words_of, texts))
    for words in sorted(kept, key=len, reverse=True):
        cut = min(less, len(words))
        del words[len(words) - cut :]
        less -= cut
    said = [(" ".join(words), text) for words, text in zip(kept, texts, strict=True) if words]
    return [words if isinstance(text, str) else [{"text": words, "strong": False}] for words, text in said]
