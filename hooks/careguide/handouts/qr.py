"""The QR code of a sheet, for its PDF and its web page alike."""

import io

_MASK = 2
"""The third of eight, counted from 0 as the standard does."""


def svg(link: str, *, inline: bool = False) -> str:
    """A QR code as SVG; nothing without a link.

    `inline` is for HTML: without a size, and on white in the dark too. Level Q still reads after a few
    photocopies. The standard asks for four modules of quiet zone around it.

    It also asks for the best of eight masks, which takes five times as long to find. The third is within two
    per cent of the best for addresses such as ours, and readers read the number of the mask from the code.
    """
    if not link:
        return ""
    import segno  # noqa: PLC0415 - most runs draw none, and it takes long to load

    code = segno.make(link, error="q", micro=False, boost_error=False, mask=_MASK)
    if inline:
        return code.svg_inline(border=4, light="#fff", omitsize=True)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()
