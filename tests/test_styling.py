"""The look as files: colours that stand once, and styles for each kind of page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from careguide import handouts, styling, typesetting

STYLES = [
    *styling.THEME.rglob("*.css"),
    *(Path(handouts.__file__).parent / "templates").glob("*.css"),
    *typesetting.ROOT.glob("*.typ"),
]
LIGHT = styling.tokens()["light"]
EDGES = ["edge", "glass-edge", *(name for name in LIGHT if name.endswith("-line"))]
"""Lines that carry meaning, on a sheet."""
SCHEMES = {"light": LIGHT, "dark": {**LIGHT, **styling.tokens()["dark"]}}


def test_colours_stand_once() -> None:
    """No style of a page, a sheet or a share card has a colour of its own; drawings apart."""
    assert len(STYLES) > 40
    found = []
    for file in STYLES:
        drawn_apart = re.sub(r'url\("data:[^"]*"\)', "", file.read_text(encoding="utf-8"))
        found += [
            f"{file.name}: {colour}" for colour in re.findall(r"#[0-9a-f]{3,8}\b|luma\(|rgb\(\d", drawn_apart)
        ]
    assert [] == found


def test_a_dark_colour_has_a_light_one() -> None:
    """Otherwise nobody would have a colour on paper."""
    assert styling.tokens()["dark"].keys() <= LIGHT.keys()


def test_a_colour_that_is_named_is_there() -> None:
    """A name that is misspelt would leave a part without a colour, and nobody would be told."""
    css = "".join(file.read_text(encoding="utf-8") for file in STYLES)
    declared = set(re.findall(r"--([\w-]+):", css))
    named = set(re.findall(r"var\(--([\w-]+)\)", css)) - {"chosen", "chosen-text"}
    assert len(named) > 40
    assert set() == named - declared - LIGHT.keys()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_text_and_every_edge_can_be_seen(scheme: str) -> None:
    """Text has a contrast of 7 to 1 or more (WCAG 1.4.6), a line that carries meaning 3 to 1 (1.4.11)."""
    colours = SCHEMES[scheme]
    pairs = [(text, on) for text, grounds in styling.tokens()["grounds"].items() for on in grounds]
    texts = {(text, on): styling.contrast(colours[text], colours[on]) for text, on in pairs}
    edges = {edge: styling.contrast(colours[edge], colours["sheet"]) for edge in EDGES}
    assert len(texts) > 20
    assert len(edges) > 5
    assert [] == [pair for pair, contrast in texts.items() if contrast < 7]
    assert [] == [edge for edge, contrast in edges.items() if contrast < 3]


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white has 21 to 1, a colour on itself 1 to 1, and #767676 is the lightest grey with 4.5."""
    assert (21, 1) == (styling.contrast("#000000", "#ffffff"), styling.contrast("#17324a", "#17324a"))
    assert styling.contrast("#777777", "#ffffff") < 4.5 <= styling.contrast("#767676", "#ffffff")


def test_a_kind_of_page_has_the_styles_of_its_components_and_no_others() -> None:
    """A component is found by its class; what stands around every page comes with the frame."""
    look = styling.Look()
    pages = {"remedy": ["<p>", '<div class="steps"></div>'], "article": ['<p class="button">'], "": []}
    paths = look.of_pages(pages)["styles"]
    frame, remedy = (look.files[path].decode() for path in paths["remedy"])

    assert [paths["remedy"][0]] * 2 == [paths["article"][0], paths[""][0]]
    assert (True, False, False) == (".steps" in remedy, ".cards" in remedy, ".button{" in remedy)
    assert ".button{" in frame
    assert "--emergency-fill:" in frame


def test_a_site_adds_to_a_component(tmp_path: Path) -> None:
    """What stands in its own folder under the component's name comes after the theme's."""
    own = tmp_path / "components" / "steps"
    own.mkdir(parents=True)
    (own / "steps.css").write_text(".steps { color: var(--ink) }", encoding="utf-8")
    look = styling.Look(tmp_path)
    html = {"remedy": ['<div class="steps"></div>']}
    path = look.of_pages(html)["styles"]["remedy"][1]

    assert look.files[path].decode().endswith(".steps{color:var(--ink)}")
    assert path != styling.Look().of_pages(html)["styles"]["remedy"][1]


def test_a_bare_page_has_the_colours_that_it_names() -> None:
    """It has no frame, so its styles bring them along, light and dark."""
    look = styling.Look()
    css = look.files[look.bare_style("sheet", "a { color: var(--link) }")].decode()

    assert {"link"} == set(re.findall(r"--([\w-]+):", css))
    assert 2 == css.count("--link:")


def test_a_script_is_sent_without_its_comments() -> None:
    """They are for people who work on it; what runs is the same."""
    source = (styling.THEME / "foundation" / "frame.js").read_text(encoding="utf-8")
    look = styling.Look()
    sent = look.files[look.of_pages({})["frame"]].decode()

    assert "\n  /** " in source
    assert "/*" not in sent
    assert sent.startswith('"use strict";(()=>{'), "its names are its own"
    assert sent.endswith("})();")
