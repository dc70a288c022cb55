"""What each kind of host needs beside the built site, from templates: a file or two, by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from careguide import templating
from careguide.hosting import headers

_TEMPLATES = Path(__file__).parent / "templates"
HOSTS: Mapping[str, tuple[str, ...]] = {
    "nginx": ("nginx.conf",),
    "netlify": ("_headers", "_redirects"),
    "container": ("Containerfile", "nginx.conf"),
}
FOLDER = "/var/www/guide"
"""Where the built site stands on a host, if nothing else is said."""


@dataclass(frozen=True)
class Place:
    """Where a host serves the site."""

    folder: str = FOLDER
    port: int = 80
    """Where it is asked without TLS."""
    names: str = "_"
    """The host's names; '_' for whatever it is called."""
    certificate: str = ""
    """The folder with fullchain.pem and privkey.pem; empty where something in front of it speaks TLS."""
    tls_port: int = 443
    """Where it is asked with TLS."""


def files(host: str, place: Place, moved: Mapping[str, str], lines: Sequence[str] = ()) -> dict[str, str]:
    """The files of a host, by name. `moved` has the new address of each old one, from the site's root.

    `lines` are the files of JSON lines. Each is told by name: a host that knows no patterns with an ending
    might take one for `/*`, and call every page JSON.
    """
    names = {"place": place, "headers": headers, "moved": moved, "lines": lines}
    return {name: templating.text(_TEMPLATES, name, names) for name in HOSTS[host]}
