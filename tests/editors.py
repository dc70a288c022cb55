"""What an editor with YAML help underlines in a data file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from careguide.contribute import schema
from careguide.model.kinds import KINDS, SINGLES, file_of
from careguide.model.site import FILE as SITE
from referencing import Registry, Resource

WRITTEN = (*KINDS, "site")
"""What data files are of: a kind, or the site."""


class Yaml12(yaml.SafeLoader):
    """Reads as an editor does: a day, and words such as 'no', are text."""


Yaml12.yaml_implicit_resolvers = {
    first: [each for each in found if not each[0].endswith((":bool", ":timestamp", ":int"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))


def complaints(files: Mapping[str, str], kind: str, text: str) -> list[str]:
    """What is underlined in a file of a kind; `files` are the schemas by path."""
    name = KINDS[kind].singular if kind in KINDS else kind
    known = json.loads(files[schema.IDS])
    registry: Registry[Any] = Registry().with_resource("ids.json", Resource.from_contents(known))
    rules = json.loads(files[f"{schema.FOLDER}/{name}.json"])
    errors = jsonschema.Draft7Validator(rules, registry=registry).iter_errors(yaml.load(text, Yaml12))
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]


def data_files(root: Path, kind: str) -> list[Path]:
    """A guide's files of a kind."""
    if kind not in KINDS:
        return [root / SITE]
    single = [root / file_of(kind, name) for name, of in SINGLES.items() if of == kind]
    return sorted([*root.glob(file_of(kind, "*")), *(file for file in single if file.is_file())])
