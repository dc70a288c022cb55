"""A page's links as footnotes for paper."""

from __future__ import annotations

from careguide.pages.footnotes import Footnotes, short
from conftest import EXAMPLE, load

HERE = "https://guide.example/causes/dry-air/"


def _paper(html: str, here: str = HERE) -> str:
    return Footnotes(load(EXAMPLE)).add(html, here)


def test_a_link_gets_a_letter_and_its_address_at_the_end() -> None:
    """Letters go in the order of reading; the same page keeps its letter, whatever part of it is linked."""
    found = _paper(
        '<p><a href="../../find-care/">a doctor</a> <a href="../../places/#nose">nose</a>'
        ' <a href="../../find-care/#uk">again</a></p>'
    )

    assert 2 == found.count('data-letter="a"')
    assert "<li><b>a</b> guide.example/find-care</li><li><b>b</b> guide.example/places</li>" in found
    assert "<b>guide.example/causes/dry-air</b>" in found


def test_links_that_paper_does_without_get_none() -> None:
    """What stands on the sheet, what is dialled, and what is found by its name carries no letter."""
    for link in (
        '<a href="#causes">causes</a>',  # on this very sheet
        '<a href="tel:999">999</a>',
        '<a class="cite" href="#source-1">1</a>',
        '<a class="term" href="../../glossary/#nose" title="A word.">nose</a>',
        '<a href="../weak-vessels/">Weak blood vessels</a>',  # found by its title
    ):
        assert "data-letter" not in _paper(f"<p>{link}</p>")


def test_a_source_keeps_its_address_beside_it() -> None:
    """The list of sources is a list of footnotes already: each says where it is, in few letters."""
    found = _paper(
        '<div class="sources"><ol><li><a href="https://www.nhs.uk/conditions/nosebleed/">Nosebleed</a></li></ol>'
        "</div>"
    )

    assert 'data-address="nhs.uk/conditions/nosebleed"' in found
    assert "data-letter" not in found


def test_only_links_are_changed() -> None:
    """All else stays as it was: text that looks like a link, comments, scripts and line ends."""
    before = (
        '<!-- <a href="https://a.example/">x</a> -->\r\n'
        '<p title="<a>">\u2028 &lt;a href="https://b.example/"&gt;</p>'
        """<script>"<a href='https://c.example/'>"</script>"""
    )
    tag = '<a\n  title="1 > 0" href="https://d.example/?a=1&amp;b=2"'
    found = _paper(f"{before}<p>{tag}>x &amp; <b>y</b></a></p>", here="")

    assert found.startswith(f'{before}<p>{tag} data-letter="a">x &amp; <b>y</b></a></p>')
    assert "<ul><li><b>a</b> d.example?a=1&amp;b=2</li></ul>" in found


def test_a_title_is_known_however_it_is_set() -> None:
    """What a reader sees counts, not how it is written."""
    for words in ("Weak blood vessels", "Weak <b>blood</b>\n vessels", "Weak&#32;blood vessels"):
        assert "data-letter" not in _paper(f'<p><a href="../weak-vessels/">{words}</a></p>')


def test_without_a_public_address_none_is_made_up() -> None:
    """Pages of a site without an address cannot be typed; pages elsewhere can."""
    found = _paper(
        '<p><a href="../../find-care/">here</a> <a href="https://www.nhs.uk/">there</a></p>', here=""
    )

    assert '<a href="../../find-care/">here</a>' in found
    assert "<ul><li><b>a</b> nhs.uk</li></ul>" in found


def test_letters_go_on_after_z() -> None:
    """The 27th address is aa."""
    found = _paper("".join(f'<a href="https://a.example/{number}">x</a>' for number in range(28)))

    assert "<b>z</b> a.example/25</li><li><b>aa</b> a.example/26</li><li><b>ab</b> a.example/27" in found


def test_addresses_are_short_enough_to_type() -> None:
    """Without scheme and www; a long one is cut at a part of its path."""
    for address, expected in (
        ("https://www.nhs.uk/conditions/tics/", "nhs.uk/conditions/tics"),
        ("https://doi.org/10.1161/STR.0457#abstract", "doi.org/10.1161/STR.0457"),
        ("https://a.example/search?q=tics", "a.example/search?q=tics"),
        (
            "https://www.ninds.nih.gov/health-information/disorders/peripheral-neuropathy",
            "ninds.nih.gov/health-information/disorders/…",
        ),
    ):
        assert expected == short(address)


def test_an_address_that_fits_on_its_line_stands_whole() -> None:
    """56 letters stand; with one more the last part goes."""
    fits = "a.example/" + "b" * 20 + "/" + "c" * 25

    assert 56 == len(fits)
    assert fits == short(f"https://{fits}")
    assert "a.example/" + "b" * 20 + "/…" == short(f"https://{fits}c")
