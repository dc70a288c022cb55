"""What readers will see, as Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sized
from urllib.parse import quote

from careguide.contribute.difference import Changed, Difference, Hunk
from careguide.flow.changes import Change
from careguide.guide.readability import length, page_sentences
from careguide.model.lists import Source
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
    """What changed, in a few lines."""
    lines = ["No page changes."]
    if found.added or found.removed or found.changed:
        added = _count(found.added, "page")
        lines = [f"{added} added, {len(found.removed)} removed, {len(found.changed)} changed."]
    up, down, unsigned = (
        sum(len(getattr(flow, name)) for flow in found.flows) for name in ("raised", "lowered", "unsigned")
    )
    if up or down:
        lines.append(
            f"In the checks {_up_and_down(up, down, 'than before ')}; "
            f"no clinician has agreed to {unsigned} of the signs that are less urgent."
        )
    if found.lapsed:
        hold = "holds" if len(found.lapsed) == 1 else "hold"
        lines.append(f"{_count(found.lapsed, 'review')} by a clinician no longer {hold}.")
    if found.unsigned:
        lines.append(
            "**This must not go out yet: a result is less urgent and nobody has signed it, "
            "or it cannot be compared.**"
        )
    return "\n".join(lines)


def _up_and_down(up: int, down: int, than: str = "") -> str:
    more, less = f"{up:,} answers lead to more urgent advice", f"{down:,} to less urgent advice"
    return f"{more} {than}and {less}" if than else f"{more}, {less}"


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"


def _doubts(old: Site, new: Site) -> Iterator[str]:
    """Why this report may be wrong."""
    if old.blocked:
        yield (
            "The version before does not pass the check as it is now: "
            "what could not be read of it looks new here."
        )
    if new.blocked:
        yield "**The check finds problems. Until they are mended, this report may miss something.**"


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


# ------------------------------------------------------------------------------------------------------------
# Results and signs


def _results(found: Difference, old: Site, new: Site) -> Iterator[str]:
    for flow in found.flows:
        title = _safe(_title(new, flow.id))
        yield f"* **{title}**: {_up_and_down(len(flow.raised), len(flow.lowered))}."
        for change in flow.lowered:
            yield f"    * less urgent: {_change(change, old, new)}"
        for change in flow.raised:
            yield f"    * more urgent: {_change(change, old, new)}"
    for id_, before, now in found.urgency:
        yield f"* The sign {_sign(id_, old, new)} was “{_level(old, before)}” and is “{_level(new, now)}”."
    for problem in found.unsigned:
        yield f"* **Must be mended:** {_place(problem)} {_safe(problem.message)}. {_safe(problem.tip)}"


def _change(change: Change, old: Site, new: Site) -> str:
    said = "" if change.said == "true" else ", when not sure"
    whom = f", for: {change.who}" if change.who else ""
    before, after = _level(new, change.before), _level(new, change.after)
    return f"{_sign(change.sign, old, new)}{said}{whom}: “{before}” → “{after}”"


def _sign(id_: str, old: Site, new: Site) -> str:
    sign = new.guide.criteria.get(id_) or old.guide.criteria.get(id_)
    return f"“{_safe(markup.plain(sign.sign) if sign else id_)}”"


def _level(site: Site, id_: str) -> str:
    level = site.guide.urgency.get(id_)
    return _safe(level.level if level else id_)


def _title(site: Site, symptom: str) -> str:
    thing = site.guide.symptoms.get(symptom)
    return thing.title if thing else symptom


# ------------------------------------------------------------------------------------------------------------
# Pages, words and sources


def _pages(found: Difference, site: str) -> Iterator[str]:
    if found.added or found.removed or found.changed:
        yield "| page | | words | reading grade | sources |"
        yield "| --- | --- | --- | --- | --- |"
    for page in found.added:
        yield f"| {_link(page, site)} | new | +{_length(page)} | | {_ids(page.cited, '+')} |"
    for page in found.removed:
        yield f"| {_safe(page.title)} | gone | −{_length(page)} | | {_ids(page.cited, '−')} |"
    for each in found.changed:
        new, gone = each.words
        sources = " ".join(filter(None, (_ids(each.sources_new, "+"), _ids(each.sources_lost, "−"))))
        words = f"+{new} −{gone}" if new or gone else "none: links, headings or dates"
        yield f"| {_link(each.page, site)} | changed | {words} | {_grades(each)} | {sources} |"


def _link(page: Page, site: str) -> str:
    address = page.path.removesuffix(".md").removesuffix("index").rstrip("/")
    title = _safe(page.title or page.path)
    if not site:
        return f"{title} ({_code(page.path)})"
    return f"[{title}]({site.rstrip('/')}/{quote(address)}{'/' * bool(address)})"


def _length(page: Page) -> int:
    return sum(map(length, page_sentences(page.text)))


def _grades(changed: Changed) -> str:
    before, now = ("–" if grade is None else f"{grade:.1f}" for grade in changed.grades)
    return now if before == now else f"{before} → {now}"


def _ids(ids: Iterable[str], mark: str) -> str:
    return " ".join(f"{mark}{_code(each)}" for each in ids)


def _words(found: Difference) -> Iterator[str]:
    """What was said before and is said now, each change once, with the pages it stands on."""
    where: dict[Hunk, list[str]] = {}
    for each in found.changed:
        for hunk in each.hunks:
            where.setdefault(hunk, []).append(each.page.title or each.page.path)
    if not where:
        return
    yield "~~~diff"
    for hunk, titles in list(where.items())[:MOST_SENTENCES]:
        yield from _hunk(hunk, titles)
    yield "~~~"
    if len(where) > MOST_SENTENCES:
        yield f"\n{len(where) - MOST_SENTENCES} more changes are not shown."


def _hunk(hunk: Hunk, titles: list[str]) -> Iterator[str]:
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    yield f"@@ {_line(titles[0])}{more} @@"
    yield from (f"- {_line(each)}" for each in hunk[0])
    yield from (f"+ {_line(each)}" for each in hunk[1])


def _line(text: str) -> str:
    """Text for a line of a block of code, which it cannot end."""
    return " ".join(text.replace("~~~", "").split())


def _sources(found: Difference, old: Site, new: Site) -> Iterator[str]:
    for id_ in found.sources_new:
        yield f"* new: {_source(new.guide.sources[id_])}"
    for id_ in found.sources_lost:
        yield f"* no longer in the list: {_source(old.guide.sources[id_])}"


def _source(source: Source) -> str:
    return f"[{_safe(source.title)}]({source.url}), {_safe(source.publisher)} ({_code(source.id)})"


# ------------------------------------------------------------------------------------------------------------
# Markdown


def _place(problem: Problem) -> str:
    return _code(f"{problem.path}:{problem.line}")


def _code(text: str) -> str:
    return f"`{re.sub('[`|]', '', text)}`"


def _safe(text: str) -> str:
    """Text that cannot turn into Markdown of its own.

    What a stranger proposes is shown, never carried out.
    """
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))
