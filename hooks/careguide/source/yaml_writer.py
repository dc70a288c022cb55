"""Values → YAML, as a person would write it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from careguide.source.locations import Loc
from careguide.source.yaml_reader import with_usual_spaces


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
        # In a block, whoever reads it would take a space of another kind for a usual one; in quotes it stays.
        style = "|" if with_usual_spaces(data) == data else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style if "\n" in data else None)


_Writer.add_representer(str, _Writer.represent_str)
# What an editor does not take for a text is put in quotes.
_Writer.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def written(value: Any) -> str:
    """Mappings, lists and texts as YAML that people can edit: each text on one line."""
    return yaml.dump(
        value, Dumper=_Writer, default_flow_style=False, sort_keys=False, allow_unicode=True, width=10**6
    )


def with_field(text: str, name: str, values: Mapping[Loc, str]) -> str:
    """YAML with a field in some of its mappings, by the way to each. All else stays as somebody wrote it.

    The field stands under the mapping's first, or above it where the mapping is the file.
    """
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    edits: list[tuple[int, int, str]] = []
    for loc, value in values.items():
        node = _node_at(root, loc)
        if isinstance(node, yaml.MappingNode) and node.value:
            edits.append(_edit(text, node, name, value, at_the_top=not loc))
    for start, end, new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def _node_at(node: yaml.Node | None, loc: Loc) -> yaml.Node | None:
    """The node at the end of a way; None where there is none."""
    for step in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        else:
            return None
    return node


def _edit(
    text: str, node: yaml.MappingNode, name: str, value: str, *, at_the_top: bool
) -> tuple[int, int, str]:
    """Where a field goes: the letters that it takes the place of, and what stands there then."""
    for key, old in node.value:
        if key.value == name:
            return old.start_mark.index, old.end_mark.index, value
    first, its_value = node.value[0]
    if node.flow_style:
        end = node.end_mark.index - 1  # before the bracket
        end = len(text[:end].rstrip())
        return end, end, f", {name}: {value}"
    if at_the_top:
        return first.start_mark.index, first.start_mark.index, f"{name}: {value}\n"
    # A text in a block ends where the next line begins; any other within its line.
    end = its_value.end_mark.index
    if not isinstance(its_value, yaml.ScalarNode) or its_value.style in ("|", ">"):
        start = first.start_mark.index
        return start, start, f"{name}: {value}\n{' ' * first.start_mark.column}"
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return line_end, line_end, f"\n{' ' * first.start_mark.column}{name}: {value}"
