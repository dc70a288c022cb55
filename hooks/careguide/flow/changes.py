"""What changed between two versions of a check: which signs lead higher or lower, and of whom.

Both versions are proved, so each result is the worst of what is said, and a sign's effect does not hang on
the others. Signs can be looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from careguide.flow import proof
from careguide.flow.paths import Fact, Facts, facts_of
from careguide.flow.plan import find_flow, flow_of, plan
from careguide.flow.view import checks, flow_for
from careguide.guide.guide import Guide
from careguide.source.problems import Problem, quoted


@dataclass(frozen=True)
class Change:
    """A sign that leads elsewhere than before."""

    sign: str
    """The criterion's id, or that of a time."""
    said: str
    """What is said of it: true, or not sure."""
    who: str
    """For whom this changed: a context; empty for everyone."""
    before: str
    """The level it led to."""
    after: str
    """The level it leads to now."""


@dataclass(frozen=True)
class Changes:
    """How one check changed."""

    id: str
    """The symptom's id."""
    raised: tuple[Change, ...]
    """The signs that lead higher."""
    lowered: tuple[Change, ...]
    """The signs that lead lower."""
    unsigned: tuple[str, ...]
    """The signs that lead lower with a reason and without a clinician's agreement."""


def compare(old: Guide, new: Guide) -> tuple[list[Changes], list[Problem]]:
    """Every check that is in both guides, and what must not happen to one.

    That is a lowering that nobody answers for, or its loss.
    """
    problems = [*form_stays(old), *checks_stay(old, new), *ladder_stays(old, new)]
    if problems:
        return [], problems
    found: list[Changes] = []
    both = [id_ for id_, _ in checks(new) if flow_for(old, id_)]
    for id_ in sorted(both):
        unproved = [*_unproved(id_, old, "was"), *_unproved(id_, new, "is")]
        problems += unproved
        if not unproved:
            found.append(_compare(id_, old, new))
            problems += lowerings_are_signed(found[-1], old, new)
    return found, problems


def form_stays(old: Guide) -> Iterator[Problem]:
    """A version in an older form, which this program cannot read, is not compared."""
    unread = [
        origin.path
        for (kind, id_), origin in old.origins.items()
        if kind in ("flows", "criteria", "urgency") and old.unread(kind, id_)
    ]
    if unread:
        tip = "Compare with a version that 'careguide check' of today can read."
        yield Problem(
            unread[0], 1, "the version before is in an older form, so its checks cannot be compared", tip
        )


def checks_stay(old: Guide, new: Guide) -> Iterator[Problem]:
    """A check must not be lost while its symptom is still there."""
    for id_, flow in checks(old):
        if id_ in new.symptoms and not find_flow(new, id_):
            message = f"the check of {quoted(id_)} must still be there, because the symptom is"
            yield Problem(old.origins["flows", flow.id].path, 1, message, "Restore the file.")


def ladder_stays(old: Guide, new: Guide) -> Iterator[Problem]:
    """The levels of the ladder must be the same: otherwise higher and lower mean nothing."""
    if list(old.urgency) != list(new.urgency) and any(checks(old)):
        message = "the ladder must have the same levels in both versions"
        yield Problem("data/urgency.yml", 1, message, "Change the ladder by itself, in a version of its own.")


def lowerings_are_signed(changes: Changes, old: Guide, new: Guide) -> Iterator[Problem]:
    """A sign may lead lower than before only with a new entry under `lowered`.

    It is signed by the clinician who agreed, or has `signed: false` and a reason.
    """
    before, now = flow_of(old, changes.id), flow_of(new, changes.id)
    named = {sign for entry in now.lowered if entry not in before.lowered for sign in entry.signs}
    origin = new.origins["flows", now.id]
    for sign, change in {change.sign: change for change in reversed(changes.lowered)}.items():
        if sign not in named:
            message = (
                f"lowered must have a new entry for {quoted(sign)}, which leads to "
                f"{quoted(change.after)} and led to {quoted(change.before)}"
            )
            tip = "Undo the change, or add an entry: who agreed, or 'signed: false' and a reason."
            yield Problem(origin.path, origin.line(("lowered",)), message, tip)


def _unproved(id_: str, guide: Guide, tense: str) -> Iterator[Problem]:
    flow = flow_for(guide, id_)
    if not flow or proof.prove(plan(id_, flow, guide), facts_of(id_, guide, flow.times)).violations:
        tip = "Run 'careguide check' on that version, and put right what it finds."
        yield Problem(
            "data/flow.yml",
            1,
            f"the check of {quoted(id_)} as it {tense} must be proved before it can be compared",
            tip,
        )


# ------------------------------------------------------------------------------------------------------------
# One check


def _compare(id_: str, old: Guide, new: Guide) -> Changes:
    before, after = (facts_of(id_, guide, flow_of(guide, id_).times) for guide in (old, new))
    found = [
        change
        for sign in sorted({**before.signs, **after.signs})
        for change in _sign_changes(sign, before, after)
    ]
    found += [
        change
        for time in sorted({**before.times, **after.times})
        for change in _time_changes(time, before, after)
    ]
    lowered = [each for each in found if after.levels.index(each.before) < after.levels.index(each.after)]
    had = flow_of(old, id_).lowered
    unsigned = [
        sign
        for entry in flow_of(new, id_).lowered
        if not entry.signed and entry not in had
        for sign in entry.signs
    ]
    return Changes(id_, tuple(each for each in found if each not in lowered), tuple(lowered), tuple(unsigned))


def _sign_changes(sign: str, before: Facts, after: Facts) -> Iterator[Change]:
    """How a sign changed: for everyone, or for each context of which it is asked."""
    last, levels = len(after.levels) - 1, after.levels
    was, now = before.signs.get(sign), after.signs.get(sign)
    contexts = [""] if _for_all(was, now) else sorted({*_contexts(was), *_contexts(now)})
    for who in contexts:
        for said in ("true", "not sure"):
            then, today = _place(was, who, said, last), _place(now, who, said, last)
            if then != today:
                yield Change(sign, said, who, levels[then], levels[today])


def _for_all(was: Fact | None, now: Fact | None) -> bool:
    return not any(fact.contexts for fact in (was, now) if fact)


def _contexts(fact: Fact | None) -> tuple[str, ...]:
    """The contexts of a sign; '' stands for everyone."""
    return (fact.contexts or ("",)) if fact else ()


def _place(fact: Fact | None, who: str, said: str, last: int) -> int:
    """Where a sign leads somebody with this context; the last level where it is not asked of them."""
    if not fact or not fact.concerns({who}):
        return last
    return fact.level if said == "true" else fact.doubt


def _time_changes(time: str, before: Facts, after: Facts) -> Iterator[Change]:
    last = len(after.levels) - 1
    then, today = before.times.get(time, last), after.times.get(time, last)
    if then != today:
        yield Change(time, "true", "", after.levels[then], after.levels[today])


def told(each: Changes) -> Iterator[str]:
    """What changed in one check: how much, then a line for each sign."""
    yield (
        f"{each.id}: {len(each.raised)} answers lead higher, {len(each.lowered)} lower "
        f"({len(each.unsigned)} signs without a clinician's agreement)."
    )
    for way, signs in ("down", each.lowered), ("up", each.raised):
        for change in signs:
            whom = f" for {change.who}" if change.who else ""
            yield f"  {way}: {change.sign}, {change.said}{whom}: {change.before} → {change.after}"
