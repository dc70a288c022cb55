"""Sheets → PDF files, each made once and then kept by all that it depends on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from careguide import styling, typesetting
from careguide.guide.guide import Guide
from careguide.handouts import drawings, fit, layout, pdf
from careguide.handouts.handout import Handout
from careguide.source.cache import FileStore, code_digest, digest, files_digest
from careguide.source.problems import Problem


def pdfs(
    handouts: Iterable[Handout], guide: Guide, root: Path, *, only_kept: bool = False, every: bool = True
) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDFs of sheets by path, and those that cannot be made. What does not fit is known before.

    With `only_kept` nothing is made that is not there already. Where the sheets are not `every` one of the
    guide, those of others are not forgotten.
    """
    store, pictures = FileStore(root / ".cache/handouts"), drawings.printed(root)
    colours = styling.on_paper(guide.site.colours.given())
    logo = (root / guide.site.logo).read_text(encoding="utf-8") if guide.site.logo else ""
    depends = [logo, code_digest(pdf.__name__), files_digest(typesetting.ROOT), colours]
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for handout in handouts:
        for edition in layout.EDITIONS:
            content = layout.content(handout, edition, guide, pictures)
            key = digest([content, handout.checked, depends])
            found = {paper: store.find(key, f"-{paper}.pdf") for paper in layout.PAPERS}
            if not only_kept and None in found.values():
                try:
                    made = pdf.build(
                        content,
                        dated=datetime.date.fromisoformat(handout.checked),
                        colours=colours,
                        logo=logo,
                    )
                except typesetting.TypesettingError as error:
                    problems.append(fit.refused(handout, edition, error))
                    continue
                for paper, file in made.items():
                    store.put(key, f"-{paper}.pdf", file)
                found = dict(made)
            files |= {layout.path(handout, edition, paper): file for paper, file in found.items() if file}
    if every and not only_kept:
        store.forget_others()
    return files, problems
