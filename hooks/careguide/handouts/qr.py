"""The QR code of a sheet, for its PDF and its web page alike."""

from __future__ import annotations

import io


def svg(link: str, *, inline: bool = False) -> str:
    """A QR code as SVG; nothing without a link.

    `inline` is for HTML: without a size, and on white in the dark too. Level Q still reads after a few
    photocopies. The standard asks for four modules of quiet zone around it.
    """
    if not link:
        return ""
    import segno  # noqa: PLC0415 - most runs draw none, and it takes long to load

    code = segno.make(link, error="q", micro=False, boost_error=False)
    if inline:
        return code.svg_inline(border=4, light="#fff", omitsize=True)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()
