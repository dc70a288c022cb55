"""Values → YAML, as a person would write it."""

from __future__ import annotations

from typing import Any

import yaml


class _Writer(yaml.SafeDumper):
    """Writes as people do: lists further to the right than the name above them, short ones on one line, and few quotes."""

    # A day, and a word such as 'on', are text to `parse` and to an editor; to an editor 'true' and a number are not.
    yaml_implicit_resolvers = {  # noqa: RUF012 - never changed
        first: [each for each in found if not each[0].endswith((":bool", ":timestamp"))]
        for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        return super().represent_sequence(
            tag,
            sequence,
            not any(isinstance(each, dict) for each in sequence) and sum(map(len, sequence)) < 100,
        )

    def represent_str(self, data: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


def written(value: Any) -> str:
    """Mappings, lists and texts as YAML that people can edit: each text on one line."""
    return yaml.dump(
        value, Dumper=_Writer, default_flow_style=False, sort_keys=False, allow_unicode=True, width=10**6
    )
