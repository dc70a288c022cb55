"""What a host is told, and Debian's nginx, which serves the example guide by what it is told."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import brotli
import nginx
import pytest
from careguide.cli import main
from careguide.guide.page_paths import SheetLink
from careguide.hosting import headers, packing, redirects
from careguide.pipeline import build
from conftest import EXAMPLE, TODAY, Project, changed, load
from sites import copy_example, page

pytestmark = pytest.mark.usefixtures("today")

PICKING, STEAM, BLEED = "data/causes/picking.yml", "data/remedies/steam.yml", "data/symptoms/nosebleed.yml"
LONG = "scratching-with-nails-that-are-long-or-with-whatever-is-at-hand"
FORMERLY = {
    **changed(PICKING, ("group:", f"formerly: [scratching, {LONG}]\ngroup:")),
    **changed(STEAM, ("verdict:", "formerly: [hot-steam]\nverdict:")),
    **changed(BLEED, ("shown:", "formerly: [bleeding-nose]\nshown:")),
}
"""The example, some things of which were once called otherwise."""


def printed(capsys: pytest.CaptureFixture[str], *call: str, root: Path = EXAMPLE) -> str:
    """What `careguide deploy` prints."""
    assert 0 == main(["--root", str(root), "deploy", *call])
    return capsys.readouterr().out


# ------------------------------------------------------------------------------------------------------------
# Served by nginx


class Host(SimpleNamespace):
    """nginx, while it runs."""

    port: int
    tls_port: int
    site: Path

    def get(self, path: str, *, tls: bool = False, **asked: str) -> tuple[int, Mapping[str, str], bytes]:
        """The code, the headers by their names in small letters, and the body of an answer."""
        lines = {name.replace("_", "-"): value for name, value in asked.items()}
        if tls:
            context = ssl.create_default_context(cafile=self.certificate)
            asking = http.client.HTTPSConnection("localhost", self.tls_port, context=context)
        else:
            asking = http.client.HTTPConnection("localhost", self.port)
        with closing(asking):
            asking.request("GET", path, headers=lines)
            answer = asking.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()


@pytest.fixture(scope="module")
def host(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Nginx with what `careguide deploy nginx` writes for a project, over loopback, with and without TLS."""
    if not shutil.which("nginx"):
        pytest.fail("The tests need nginx: make nginx")
    folder = tmp_path_factory.mktemp("nginx")
    copied, root = folder / "site", folder / "project"
    shutil.copytree(site, copied, ignore=shutil.ignore_patterns("*.pdf", "cards"))
    copy_example(folder)
    for path, text in FORMERLY.items():
        (root / path).write_text(text, encoding="utf-8")
    plain, port, tls_port = nginx.free_ports(3)
    keys = f"-keyout {folder}/privkey.pem -out {folder}/fullchain.pem"
    names = "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
    request = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 {keys} {names}"
    subprocess.run(request.split(), check=True, capture_output=True)
    call = ["--root", str(root), "deploy", "nginx", "--folder", str(copied), "--pack", str(copied)]
    assert 0 == main([*call, "--out", str(folder / "plain"), "--port", str(plain)])
    with_tls = ["--port", str(port), "--certificate", str(folder), "--tls-port", str(tls_port)]
    assert 0 == main([*call, "--out", str(folder / "tls"), *with_tls])
    with nginx.running(folder / "plain"), nginx.running(folder / "tls"):
        keys = folder / "fullchain.pem"
        yield Host(port=plain, to_tls=port, tls_port=tls_port, site=copied, certificate=keys)


def test_only_open_data_may_be_read_by_other_sites(host: Host) -> None:
    """A page anywhere can ask for a record, and for nothing else of the site."""
    code, data, _ = host.get("/api/v1/index.json")

    assert (200, "*") == (code, data["access-control-allow-origin"])
    assert "access-control-allow-origin" not in host.get("/")[1]


def looks(site: Path, suffix: str) -> str:
    """The address of the frame's styles or script, whose name changes with what it holds."""
    [file] = (site / "assets/look").glob(f"frame.*.{suffix}")
    return f"/assets/look/{file.name}"


def test_every_answer_carries_the_policy_and_its_like(host: Host) -> None:
    """Also what is not found; nothing says which version of the host it is."""
    for path in (
        "/",
        "/check/nosebleed/",
        "/nowhere/",
        "/assets/images/favicon.svg",
    ):
        code, found, _ = host.get(path)

        assert (404 if path == "/nowhere/" else 200) == code
        assert {name.lower(): value for name, value in headers.HEADERS.items()}.items() <= found.items(), path
        assert "nginx" == found["server"], path
        assert "strict-transport-security" not in found, path


def test_a_page_that_is_not_there_says_so(host: Host) -> None:
    """With the guide's own page, at any depth, whose links are whole."""
    code, found, body = host.get("/causes/of/nothing/at/all/")

    assert (404, "text/html; charset=utf-8") == (code, found["content-type"])
    assert (host.site / "404.html").read_bytes() == body


def test_an_old_address_leads_to_where_the_thing_stands_now(host: Host) -> None:
    """For good, with the country that was chosen, and to a page that is there."""
    for old, new in (
        ("/causes/scratching/", "/causes/picking/"),
        (f"/causes/{LONG}/", "/causes/picking/"),
        ("/remedies/hot-steam/", "/remedies/steam/"),
        ("/handouts/hot-steam/", "/handouts/steam/"),
        ("/symptoms/bleeding-nose/?in=uk", "/symptoms/nosebleed/?in=uk"),
        ("/check/bleeding-nose/", "/check/nosebleed/"),
        ("/clinicians/bleeding-nose/", "/clinicians/nosebleed/"),
        ("/handouts/bleeding-nose/", "/handouts/nosebleed/"),
        ("/handouts/bleeding-nose-diary/", "/handouts/nosebleed-diary/"),
    ):
        code, found, _ = host.get(old)

        assert (301, new) == (code, found["location"]), old
        assert 200 == host.get(new)[0], old


def test_a_folder_without_its_slash_leads_to_the_page(host: Host) -> None:
    """On the host that was asked, whatever it is called."""
    code, found, _ = host.get("/causes/dry-air")

    assert (301, "/causes/dry-air/") == (code, found["location"])


def test_what_was_packed_is_sent_to_whoever_takes_it(host: Host) -> None:
    """A page is less than a third as long, and is the same page."""
    for accepted, sent in (
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("identity", None),
    ):
        _, found, body = host.get("/check/nosebleed/", accept_encoding=accepted)
        whole = (host.site / "check/nosebleed/index.html").read_bytes()
        opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[sent](body)

        assert sent == found.get("content-encoding"), accepted
        assert whole == opened, accepted
        assert sent is None or len(body) * 3 < len(whole), accepted
        assert "Accept-Encoding" == found["vary"], accepted
        assert str(len(body)) == found["content-length"], accepted  # nothing is packed while somebody waits


def test_a_file_named_by_what_it_holds_is_kept_for_good_and_a_page_for_minutes(host: Host) -> None:
    """Advice must not be old; a font has one name, and seldom changes."""
    kept = {}
    for path in (looks(host.site, "css"), looks(host.site, "js"), "/", "/assets/look/gone.css"):
        kept[path.rpartition(".")[2]] = host.get(path)[1]["cache-control"]

    assert "public, max-age=31536000, immutable" == kept["js"]
    assert "public, max-age=300, must-revalidate" == kept["/"] == kept["css"]  # the last was not found


def test_a_page_that_did_not_change_is_not_sent_again(host: Host) -> None:
    """A browser that has it asks with what it was told."""
    _, found, _ = host.get("/about/")

    assert 304 == host.get("/about/", if_none_match=found["etag"])[0]


def test_each_file_says_what_it_is(host: Host) -> None:
    """Because browsers are told not to guess."""
    for path, type_ in (
        ("/assets/fonts/atkinson-hyperlegible-next.woff2", "font/woff2"),
        ("/assets/images/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/data.jsonl", "application/jsonl; charset=utf-8"),
        ("/guide.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/reviews.ics", "text/calendar; charset=utf-8"),
    ):
        file = host.site / path.lstrip("/")
        if not file.exists():
            file.write_text("{}", encoding="utf-8")

        assert (200, type_) == (host.get(path)[0], host.get(path)[1]["content-type"])


def test_hidden_files_are_not_served(host: Host) -> None:
    """Such as the history of whoever keeps the site in git."""
    (host.site / ".git").mkdir()
    (host.site / ".git/config").write_text("secret", encoding="utf-8")

    assert 404 == host.get("/.git/config")[0]


def test_with_a_certificate_all_comes_by_tls_and_stays_there(host: Host) -> None:
    """Whoever asks without is sent there; a browser remembers it for a year."""
    moved = Host(port=host.to_tls).get("/causes/?in=uk")
    code, found, _ = host.get("/causes/", tls=True)

    assert (301, f"https://localhost:{host.tls_port}/causes/?in=uk") == (moved[0], moved[1]["location"])
    assert (200, headers.ONLY_TLS) == (code, found["strict-transport-security"])
    assert headers.POLICY == found["content-security-policy"]


def test_tls_may_be_spoken_in_front_of_it(host: Host) -> None:
    """Then a browser is told the same."""
    assert headers.ONLY_TLS == host.get("/", x_forwarded_proto="https")[1]["strict-transport-security"]


# ------------------------------------------------------------------------------------------------------------
# Other hosts


def blocks(text: str) -> dict[str, dict[str, str]]:
    """A `_headers` file: by path, the headers with their values."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line
            assert path not in found
            found[path] = {}
        elif line.strip() and not line.startswith("#"):
            name, value = re.fullmatch(r"  ([\w-]+): (\S.*)", line).groups()
            assert name not in found[path]
            found[path][name] = value
    return found


def test_netlify_is_told_the_same(tmp_path: Path, project: Project) -> None:
    """In two files of the built site. No header is given twice to one file: the host would send both."""
    root = project(FORMERLY)
    assert 0 == main(["--root", str(root), "deploy", "netlify", "--out", str(tmp_path / "site")])
    found = blocks((tmp_path / "site/_headers").read_text(encoding="utf-8"))
    moved = (tmp_path / "site/_redirects").read_text(encoding="utf-8").splitlines()

    assert {**headers.HEADERS, "Strict-Transport-Security": headers.ONLY_TLS} == found.pop("/*")
    assert "public, max-age=31536000, immutable" == found["/assets/look/*"]["Cache-Control"]
    assert {"Access-Control-Allow-Origin": "*"} == found["/api/*"]
    assert "application/jsonl; charset=utf-8" == found["/api/v1/guide.jsonl"]["Content-Type"]
    # A pattern with an ending is no pattern on some hosts: a path is one file, or a whole folder.
    assert all("*" not in path.removesuffix("/*") for path in found)
    assert all(set(each).isdisjoint(headers.HEADERS) for each in found.values())
    assert "/causes/scratching/ /causes/picking/ 301!" in moved


def test_a_container_holds_the_site_and_its_host(capsys: pytest.CaptureFixture[str]) -> None:
    """Its file copies the other file of the same command, and the site to where that looks for it."""
    text = printed(capsys, "container", "--port", "8080")
    container, _, conf = text.partition("# ---- nginx.conf ----\n")
    steps = re.findall(r"^(FROM|COPY|EXPOSE|CMD) (.+)$", container, re.MULTILINE)

    assert ["FROM", "COPY", "COPY", "EXPOSE", "CMD"] == [name for name, _ in steps]
    assert ("COPY", f"site {re.search(r'root (.+);', conf)[1]}") in steps
    assert ("EXPOSE", re.search(r"listen (\d+);", conf)[1]) in steps
    assert set(re.findall(r"apt-get install .*? (nginx\S+) (lib\S+)", container)[0]) <= set(conf.split())


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["--name", "https://guide.example/"], "--name must be names of the host in small letters"),
        (["--name", "guide.example; include /etc/passwd"], "--name must be names of the host"),
        (["--folder", "site"], "--folder must be a path"),
        (["--folder", "/a b"], "--folder must be a path"),
        (["--certificate", "/etc/'x'"], "--certificate must be a path"),
        (["--port", "0"], "--port must be a number from 1 to 65535, not 0"),
        (["--pack", "nowhere"], "nowhere must be a built site"),
    ],
)
def test_what_a_host_would_not_understand_is_refused(
    call: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a tip; nothing is printed that could be taken for a file."""
    assert 2 == main(["--root", str(EXAMPLE), "deploy", "nginx", *call])

    found = capsys.readouterr()
    assert "" == found.out
    assert says in found.err
    assert "Tip:" in found.err


def test_a_guide_with_problems_is_not_deployed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Its redirects could lead nowhere."""
    root = project(changed(PICKING, ("group: everyday", "group: evryday")))

    assert 1 == main(["--root", str(root), "deploy", "nginx"])
    assert "group must be one of" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------------------
# What a page says for itself


def test_a_page_brings_the_policy_for_hosts_that_send_none(site: Path) -> None:
    """Before anything that it forbids, and without what only a header can say. Sheets have their own."""
    head = page(site / "causes/dry-air/index.html").head
    [meta] = head.select("meta[http-equiv]")

    assert headers.POLICY == f"{meta['content']}; frame-ancestors 'none'"
    assert not [each for each in meta.find_all_previous(["link", "script", "style"]) if each.parent == head]
    assert page(site / "handouts/nosebleed/index.html").select_one("meta[http-equiv]")


def test_no_other_site_is_told_where_a_reader_came_from(site: Path) -> None:
    """On any host, for every link."""
    for path in ("index.html", "404.html", "handouts/nosebleed/index.html"):
        assert headers.REFERRER == page(site / path).select_one("meta[name=referrer]")["content"]


def test_an_old_address_leads_on_without_a_host_that_knows(project: Project) -> None:
    """By a page that does, and that has a link for whoever is not taken along; under any path."""
    made = build(project(FORMERLY), today=TODAY)
    found = redirects.pages(made.moved, made.editions)

    assert set(found) == {f"{old.strip('/')}/index.html" for old in made.moved}
    text = found["handouts/bleeding-nose-diary/index.html"].decode()
    assert '<a href="../../handouts/nosebleed-diary/">' in text
    assert '<meta http-equiv="refresh" content="0; url=../../handouts/nosebleed-diary/">' in text


def test_an_old_address_leads_on_in_each_language_that_has_the_page() -> None:
    """By the words of that language, from its sheets too. What is not translated never stood there."""
    guide = load(EXAMPLE)
    nose = guide.symptoms["nosebleed"].model_copy(update={"formerly": ("bleeding-nose",)})
    guide = replace(guide, symptoms={"nosebleed": nose})
    sheet = SheetLink("es/nosebleed-diary", "diary", "nosebleed", "Diario", "", ())
    moved = redirects.moved(guide, [sheet], {"symptoms/nosebleed.md", "es/symptoms/nosebleed.md"}, ["", "es"])

    assert {
        "/es/symptoms/bleeding-nose/": "/es/symptoms/nosebleed/",
        "/handouts/es/bleeding-nose-diary/": "/handouts/es/nosebleed-diary/",
        "/symptoms/bleeding-nose/": "/symptoms/nosebleed/",
    } == moved
    spanish = replace(guide, site=guide.site.model_copy(update={"language": "es"}))
    pages = redirects.pages(moved, {"": guide, "es": spanish})
    assert b'<html lang="es"' in pages["handouts/es/bleeding-nose-diary/index.html"]
    assert b'<html lang="en' in pages["symptoms/bleeding-nose/index.html"]


# ------------------------------------------------------------------------------------------------------------
# Packed files


def test_packing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """On another day too; and what is gone is no longer sent."""
    (tmp_path / "page.html").write_text("word " * 200, encoding="utf-8")
    (tmp_path / "gone.css").write_text("word " * 200, encoding="utf-8")
    assert 2 == packing.pack(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    (tmp_path / "gone.css").unlink()
    os.utime(tmp_path / "page.html", (0, 0))
    assert 1 == packing.pack(tmp_path)

    after = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {name: before[name] for name in ("page.html", "page.html.gz", "page.html.br")} == after
    assert bytes(4) == after["page.html.gz"][4:8]  # where gzip puts the time


def test_what_would_not_get_smaller_is_left(tmp_path: Path) -> None:
    """A font, a picture, and a text of a few words."""
    for name in ("font.woff2", "card.png", "sheet.pdf"):
        (tmp_path / name).write_bytes(bytes(2000))
    (tmp_path / "few.txt").write_text("few", encoding="utf-8")

    assert 0 == packing.pack(tmp_path)
