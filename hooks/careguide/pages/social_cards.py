"""The picture that shows when a page is shared: its name, set by Typst."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from careguide import styling, typesetting
from careguide.guide.page import Page
from careguide.guide.page_paths import LIST_PAGES
from careguide.model.site import Site
from careguide.source.cache import store
from careguide.source.digests import code_digest, digest, files_digest
from careguide.source.parallel import worked
from careguide.source.progress import Progress, silent

_TEMPLATE = "card.typ"


def path(page: str) -> str:
    """Where a page's card stands: `causes/caffeine.md` → `assets/cards/causes/caffeine.png`."""
    return f"assets/cards/{page.removesuffix('.md')}.png"


def cards(
    pages: Iterable[Page], sites: Mapping[str, Site], root: Path, progress: Progress = silent
) -> dict[str, bytes]:
    """Every page's card, a PNG of 1200 by 630 pixels, by path. `sites` says who publishes each language."""
    kept = store(root, "cards")
    depends = [code_digest(typesetting.__name__), files_digest(typesetting.ROOT)]
    shared = {language: _shared(site, root) for language, site in sites.items()}
    made: dict[str, bytes] = {}
    missing: list[tuple[Page, str, dict[str, Any]]] = []
    for page in pages:
        urgent = page.path.endswith(LIST_PAGES["urgency"])
        data = {**shared[page.language], "title": page.title, "calm": "no" if urgent else "yes"}
        key = digest([data, depends])
        card = kept.find(key, ".png")
        made[path(page.path)] = card or b""
        if card is None:
            missing.append((page, key, data))
    cards_set = worked(lambda one: typesetting.png(_TEMPLATE, one[2]), missing, "Pictures to share", progress)
    for (page, key, _), card in zip(missing, cards_set, strict=True):
        kept.put(key, ".png", card)
        made[path(page.path)] = card
    kept.forget_others()
    return made


def _shared(site: Site, root: Path) -> dict[str, Any]:
    """What all cards in one language show."""
    return {
        "language": site.locale.base,
        "direction": site.locale.direction,
        "tagline": site.tagline,
        "site": site.name,
        "colours": styling.on_paper(site.colours.given()),
        "drawing": (root / site.card_drawing).read_text(encoding="utf-8") if site.card_drawing else "",
    }
