"""Values → YAML, as a person would write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml


class _Writer(yaml.SafeDumper):
    """Writes lists further to the right than the name above them, short ones on one line, and few quotes."""

    # A day, and a word such as 'on', are text to `parse` and to an editor, so they need no quotes.
    yaml_implicit_resolvers = {  # noqa: RUF012 - never changed
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":timestamp"))]
        for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """PyYAML would write a list as far to the left as its name, 'indentless'."""
        super().increase_indent(flow, indentless=False)

    def represent_sequence(
        self, tag: str, sequence: Iterable[Any], _flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        items = list(sequence)
        on_one_line = not any(isinstance(each, dict) for each in items) and sum(map(len, items)) < 100
        return super().represent_sequence(tag, items, on_one_line)

    def represent_str(self, data: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


_Writer.add_representer(str, _Writer.represent_str)
# What an editor does not take for a text is put in quotes.
_Writer.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def written(value: Any) -> str:
    """Mappings, lists and texts as YAML that people can edit: each text on one line."""
    return yaml.dump(
        value, Dumper=_Writer, default_flow_style=False, sort_keys=False, allow_unicode=True, width=10**6
    )
