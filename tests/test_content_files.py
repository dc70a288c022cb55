"""What lies in `content/` beside pages: only pictures and leaflets are published."""

from __future__ import annotations

from pathlib import Path

from careguide.checks import content_files
from conftest import Project

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'


def said(root: Path) -> str:
    """All that is said of the files."""
    return "\n".join(each.message for each in content_files.check(root))


def test_what_runs_is_no_picture_or_is_too_large_is_named(project: Project) -> None:
    """It is named, and would not be published."""
    for name, text in (
        ("raw.html", "<script>alert(1)</script>"),
        ("search.js", "alert(1)"),
        ("style.css", "main { display: none }"),
        ("notes.docx", "x"),
        ("program", "x"),
        ("Nose.PNG", "x"),
        ("page.markdown", "# A page"),
        ("alive.svg", DRAWING.replace("<path", "<script>alert(1)</script><path")),
        ("asks.svg", DRAWING.replace("d=", 'fill="url(https://other.example/x)" d=')),
        ("words.png", "not a picture"),
        ("empty.jpg", ""),
        ("words.pdf", "not a leaflet"),
        ("large.pdf", "x" * 3_000_001),
    ):
        root = project({f"content/{name}": text})

        assert said(root), name
        assert not content_files.is_published(root, f"content/{name}")


def test_pictures_and_leaflets_are_published(project: Project) -> None:
    """Nothing is said of them."""
    for name in ("nose.png", "nose.svg", "form.pdf", "list.csv", "a/b.webp"):
        starts = {"form.pdf": "%PDF-1.7", "a/b.webp": "RIFFxxxxWEBP"}
        begin = b"\x89PNG\r\n\x1a\n" if name.endswith("png") else starts.get(name, DRAWING).encode()
        root = project({f"content/{name}": begin, "content/about.md": f"[Our leaflet]({name})"})

        assert "" == said(root), name
        assert content_files.is_published(root, f"content/{name}")


def test_what_editors_leave_is_passed_over_and_not_published(project: Project) -> None:
    """It does no harm where it lies."""
    for name in ("about.md~", ".about.md.swp", "#about.md#", "Thumbs.db", "nose.png.orig"):
        root = project({f"content/{name}": "x"})

        assert "" == said(root), name
        assert not content_files.is_published(root, f"content/{name}")


def test_a_link_out_of_the_project_is_never_published(project: Project) -> None:
    """Whatever it is called."""
    root = project()
    (root / "content/leak.txt").symlink_to("/etc/passwd")

    assert "is a link that leads out of it" in said(root)
    assert not content_files.is_published(root, "content/leak.txt")


def test_styles_that_the_settings_name_are_the_sites_own(project: Project) -> None:
    """Whoever sets them answers for them."""
    root = project({"content/own.css": "main { color: red }"})

    assert [] == list(content_files.check(root, {"own.css"}))
