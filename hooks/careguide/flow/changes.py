"""What changed between two versions of a check: which signs lead higher or lower, and of whom.

Both versions are proved, so each result is the worst of what is said, and a sign's effect does not hang on
the others. Signs can be looked at one by one.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, filterfalse
from operator import attrgetter

from careguide.flow import proof, weakened
from careguide.flow.paths import Fact, Facts, facts_of
from careguide.flow.plan import find_flow, flow_of, plan
from careguide.flow.view import checks, flow_for
from careguide.guide import drafts
from careguide.guide.guide import Guide
from careguide.model.flows import Flow, Lowering
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


def compare(old: Guide, new: Guide, *, proved: bool = True) -> tuple[list[Changes], list[Problem]]:
    """How every check that is in both guides changed, and each loss, or lowering that nobody answers for."""
    old, written, new = drafts.published(old), new, drafts.published(new)
    if unread := list(form_stays(old)):
        return [], unread if proved else []  # a quick look says nothing of it
    problems = [*checks_stay(old, written), *ladder_stays(old, new)]
    if problems:
        return [], problems
    found: list[Changes] = []
    for id_, _ in sorted(checks(new)):
        if flow_for(old, id_):
            unproved = [*_unproved(id_, old, "was"), *_unproved(id_, new, "is")] if proved else []
            problems += unproved
            if not unproved:
                found.append(_compare(id_, old, new))
                problems += lowerings_are_signed(found[-1], old, new)
    lowered = {change.sign for each in found for change in each.lowered}
    problems += weakenings_are_signed(old, new, lowered)
    return found, [*dict.fromkeys(problems)]  # what leads lower in two checks is said once


def form_stays(old: Guide) -> Iterator[Problem]:
    """A version in an older form, which this program cannot read, is not compared."""
    for (kind, id_), origin in old.origins.items():
        if kind in ("flows", "criteria", "urgency") and old.unread(kind, id_):
            message = "the version before is in an older form, so its checks cannot be compared"
            tip = "Compare with a version that 'careguide check' of today can read."
            yield Problem(origin.path, 1, message, tip)
            return


def checks_stay(old: Guide, new: Guide) -> Iterator[Problem]:
    """A check must not be lost while its symptom is still there, or hidden as a draft."""
    for id_, flow in checks(old):
        symptom = new.symptoms.get(id_)
        if symptom and (symptom.draft or not find_flow(new, id_)):
            message = f"the check of {quoted(id_)} must still be there, because the symptom is"
            tip = "Take 'draft: true' out of the symptom." if symptom.draft else "Restore the file."
            yield Problem(old.origins["flows", flow.id].path, 1, message, tip)


def ladder_stays(old: Guide, new: Guide) -> Iterator[Problem]:
    """The levels of the ladder must be the same: otherwise higher and lower mean nothing."""
    if list(old.urgency) != list(new.urgency) and any(checks(old)):
        message = "the ladder must have the same levels in both versions"
        yield Problem("data/urgency.yml", 1, message, "Change the ladder by itself, in a version of its own.")


def lowerings_are_signed(changes: Changes, old: Guide, new: Guide) -> Iterator[Problem]:
    """A sign leads lower only with a new entry: a clinician who agreed, or `signed: false` and a reason."""
    named = set[str]()
    for entry in _new_entries([flow_of(old, changes.id)], [flow_of(new, changes.id)]):
        named.update(entry.signs)
    origin = new.origins["flows", flow_of(new, changes.id).id]
    for change in changes.lowered:
        if change.sign not in named:
            named.add(change.sign)
            leads = f"leads to {quoted(change.after)} and led to {quoted(change.before)}"
            message = f"lowered must have a new entry for {quoted(change.sign)}, which {leads}"
            tip = "Undo the change, or add an entry: who agreed, or 'signed: false' and a reason."
            yield Problem(origin.path, origin.line(("lowered",)), message, tip)


def _new_entries(old: Iterable[Flow], new: Iterable[Flow]) -> Iterator[Lowering]:
    """What is newly written under `lowered`."""
    before, now = (chain.from_iterable(map(attrgetter("lowered"), flows)) for flows in (old, new))
    return filterfalse([*before].__contains__, now)


def weakenings_are_signed(old: Guide, new: Guide, lowered: AbstractSet[str]) -> Iterator[Problem]:
    """What is taken from readers needs an entry under `lowered` too: a sign on a page, a text, a story.

    Signs that are `lowered` in a check are left out here: one entry is for all that happens to a sign.
    """
    known = {*lowered}
    for entry in _new_entries(old.flows.values(), new.flows.values()):
        known.update(entry.signs)
    told = weakened.weakenings_in_words if new.translation else weakened.weakenings
    for each in told(old, new) if new.flows and old.urgency else ():
        if each.id not in known:
            message = f"lowered must have a new entry for {quoted(each.id)}: {each.says}"
            tip = "Undo the change, or add an entry to the flow: who agreed, or 'signed: false' and a reason."
            if not each.sure:
                message = each.says
                tip = "Undo it, unless readers are told as much, and as soon: read both aloud."
            line = each.line or each.origin.line(each.loc)
            yield Problem(each.origin.path, line, message, tip, blocks=each.sure)


def _unproved(id_: str, guide: Guide, tense: str) -> Iterator[Problem]:
    flow = flow_of(guide, id_)
    if proof.prove(plan(id_, flow, guide), facts_of(id_, guide, flow.times)).violations:
        message = f"the check of {quoted(id_)} as it {tense} must be proved before it can be compared"
        tip = "Run 'careguide check' on that version, and put right what it finds."
        yield Problem("data/flow.yml", 1, message, tip)


def _compare(id_: str, old: Guide, new: Guide) -> Changes:
    before = facts_of(id_, old, flow_of(old, id_).times)
    after = facts_of(id_, new, flow_of(new, id_).times)
    raised, lowered, unsigned = list[Change](), list[Change](), list[str]()
    for sign, said, who, was, now in _led(before, after):
        if was != now:
            change = Change(sign, said, who, after.levels[was], after.levels[now])
            (lowered if was < now else raised).append(change)
    for entry in _new_entries([flow_of(old, id_)], [flow_of(new, id_)]):
        unsigned += entry.signs if not entry.signed else ()
    return Changes(id_, tuple(raised), tuple(lowered), tuple(unsigned))


Led = tuple[str, str, str, int, int]
"""A sign, what is said of it, by whom, and the places on the ladder that it led and leads to."""


def _led(before: Facts, after: Facts) -> Iterator[Led]:
    """Where each sign led and leads, for everyone or for each context of which it is asked, and each time."""
    last = len(after.levels) - 1
    unasked = Fact(last, last)
    for sign in sorted({*before.signs, *after.signs}):
        was, now = before.signs.get(sign, unasked), after.signs.get(sign, unasked)
        for who in sorted({*(was.contexts or [""]), *(now.contexts or [""])}):
            then = was if _is_asked(was, who, before) else unasked
            today = now if _is_asked(now, who, after) else unasked
            yield sign, "true", who, then.level, today.level
            yield sign, "not sure", who, then.doubt, today.doubt
    for time in sorted({*before.times, *after.times}):
        yield time, "true", "", before.times.get(time, last), after.times.get(time, last)


def _is_asked(fact: Fact, who: str, facts: Facts) -> bool:
    """Whether a sign is asked of somebody with this context, which the check itself must ask for."""
    return fact.concerns({who}) and (not who or any(who in asked for asked in facts.contexts.values()))


def told(each: Changes) -> Iterator[str]:
    """What changed in one check: how much, then a line for each sign."""
    counts = f"{len(each.raised)} answers lead higher, {len(each.lowered)} lower"
    yield f"{each.id}: {counts} ({len(each.unsigned)} signs without a clinician's agreement)."
    for way, signs in ("down", each.lowered), ("up", each.raised):
        for change in signs:
            whom = f" for {change.who}" if change.who else ""
            yield f"  {way}: {change.sign}, {change.said}{whom}: {change.before} → {change.after}"
