"""What readers will see, as Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sized
from urllib.parse import quote

from careguide.contribute.difference import Changed, Difference, Hunk
from careguide.flow.changes import Change
from careguide.guide.readability import length, page_sentences
from careguide.pages.writer import Page
from careguide.pipeline import Site
from careguide.source import markup
from careguide.source.problems import Problem

MOST_SENTENCES = 60
"""So many changes of words are shown; a longer report would not be read."""


def markdown(found: Difference, old: Site, new: Site, *, site: str = "") -> str:
    """The report. `site` is the site's public address, where its pages can be linked."""
    parts = [
        f"# What readers will see\n\n{_summary(found)}",
        *_doubts(old, new),
        _section("Results of the questions", _results(found, old, new)),
        _section("Pages", _pages(found, site)),
        _section("Handouts", [f"* {_safe(title)}: {what}" for title, what in found.sheets]),
        _section("Reviews that lapse", [f"* {_safe(each)}" for each in found.lapsed]),
        _section("New reviews", [f"* {_safe(each)}" for each in found.signed]),
        _section("Words", _words(found)),
        _section("Sources", _sources(found, old, new)),
        _section(
            "Sentences that could be plainer",
            [f"* {_place(each)} {_safe(each.message)} {_safe(each.tip)}" for each in found.advice],
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(found: Difference) -> str:
    pages = (
        f"{_count(found.added, 'page')} added, {len(found.removed)} removed, {len(found.changed)} changed."
    )
    lines = [pages if found.added or found.removed or found.changed else "No page changes."]
    up, down = (sum(len(getattr(each, way)) for each in found.flows) for way in ("raised", "lowered"))
    if up or down:
        unsigned = sum(len(each.unsigned) for each in found.flows)
        lines.append(
            f"In the checks {up} answers lead to more urgent advice than before and {down} to less urgent advice; "
            f"no clinician has agreed to {unsigned} of the signs that are less urgent."
        )
    if found.lapsed:
        lines.append(
            f"{_count(found.lapsed, 'review')} by a clinician no longer hold{'s' * (len(found.lapsed) == 1)}."
        )
    if found.unsigned:
        lines.append(
            "**This must not go out yet: a result is less urgent and nobody has signed it, or it cannot be compared.**"
        )
    return "\n".join(lines)


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"


def _doubts(old: Site, new: Site) -> Iterator[str]:
    if old.blocked:
        yield "The version before does not pass the check as it is now: what could not be read of it looks new here."
    if new.blocked:
        yield "**The check finds problems. Until they are mended, this report may miss something.**"


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _results(found: Difference, old: Site, new: Site) -> Iterator[str]:
    for flow in found.flows:
        title = _title(new, "symptoms", flow.id)
        yield f"* **{_safe(title)}**: {len(flow.raised)} answers lead to more urgent advice, {len(flow.lowered)} to less urgent advice."
        yield from (f"    * less urgent: {_change(each, old, new)}" for each in flow.lowered)
        yield from (f"    * more urgent: {_change(each, old, new)}" for each in flow.raised)
    for id, before, now in found.urgency:
        yield f"* The sign {_sign(id, old, new)} was “{_level(old, before)}” and is “{_level(new, now)}”."
    yield from (
        f"* **Must be mended:** {_place(each)} {_safe(each.message)}. {_safe(each.tip)}"
        for each in found.unsigned
    )


def _change(change: Change, old: Site, new: Site) -> str:
    said = "" if change.said == "true" else ", when not sure"
    whom = f", for: {change.who}" if change.who else ""
    return f"{_sign(change.sign, old, new)}{said}{whom}: “{_level(new, change.before)}” → “{_level(new, change.after)}”"


def _sign(id: str, old: Site, new: Site) -> str:
    sign = new.guide.criteria.get(id) or old.guide.criteria.get(id)
    return f"“{_safe(markup.plain(sign.sign) if sign else id)}”"


def _level(made: Site, id: str) -> str:
    level = made.guide.urgency.get(id)
    return _safe(level.level if level else id)


def _title(made: Site, kind: str, id: str) -> str:
    thing = made.guide.of(kind).get(id)
    return thing.title if thing else id


def _pages(found: Difference, site: str) -> Iterator[str]:
    if found.added or found.removed or found.changed:
        yield "| page | | words | reading grade | sources |"
        yield "| --- | --- | --- | --- | --- |"
    yield from (
        f"| {_link(page, site)} | new | +{_length(page)} | | {_ids(page.cited, '+')} |"
        for page in found.added
    )
    yield from (
        f"| {_safe(page.title)} | gone | −{_length(page)} | | {_ids(page.cited, '−')} |"
        for page in found.removed
    )
    for each in found.changed:
        new, gone = each.words
        sources = " ".join(filter(None, (_ids(each.sources_new, "+"), _ids(each.sources_lost, "−"))))
        words = f"+{new} −{gone}" if new or gone else "none: links, headings or dates"
        yield f"| {_link(each.page, site)} | changed | {words} | {_grades(each)} | {sources} |"


def _link(page: Page, site: str) -> str:
    address = page.path.removesuffix(".md").removesuffix("index").rstrip("/")
    title = _safe(page.title or page.path)
    return (
        f"[{title}]({site.rstrip('/')}/{quote(address)}{'/' * bool(address)})"
        if site
        else f"{title} ({_code(page.path)})"
    )


def _length(page: Page) -> int:
    return sum(map(length, page_sentences(page.text)))


def _grades(changed: Changed) -> str:
    before, now = ("–" if grade is None else f"{grade:.1f}" for grade in changed.grades)
    return now if before == now else f"{before} → {now}"


def _ids(ids: Iterable[str], mark: str) -> str:
    return " ".join(f"{mark}{_code(id)}" for id in ids)


def _words(found: Difference) -> Iterator[str]:
    """What was said before and is said now, each change once, with the pages it stands on."""
    where: dict[Hunk, list[str]] = {}
    for each in found.changed:
        for hunk in each.hunks:
            where.setdefault(hunk, []).append(each.page.title or each.page.path)
    if where:
        shown = list(where.items())[:MOST_SENTENCES]
        yield from ("~~~diff", *(line for hunk, titles in shown for line in _hunk(hunk, titles)), "~~~")
        if more := len(where) - len(shown):
            yield f"\n{more} more changes are not shown."


def _hunk(hunk: Hunk, titles: list[str]) -> Iterator[str]:
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    yield f"@@ {_line(titles[0])}{more} @@"
    yield from (f"- {_line(each)}" for each in hunk[0])
    yield from (f"+ {_line(each)}" for each in hunk[1])


def _line(text: str) -> str:
    """Text for a line of a block of code, which it cannot end."""
    return " ".join(text.replace("~~~", "").split())


def _sources(found: Difference, old: Site, new: Site) -> Iterator[str]:
    for made, ids, what in (
        (new, found.sources_new, "new"),
        (old, found.sources_lost, "no longer in the list"),
    ):
        for id in ids:
            source = made.guide.sources[id]
            yield f"* {what}: [{_safe(source.title)}]({source.url}), {_safe(source.publisher)} ({_code(id)})"


def _place(problem: Problem) -> str:
    return _code(f"{problem.path}:{problem.line}")


def _code(text: str) -> str:
    return f"`{re.sub('[`|]', '', text)}`"


def _safe(text: str) -> str:
    """Text that cannot turn into Markdown of its own: what a stranger proposes is shown, never carried out."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))
