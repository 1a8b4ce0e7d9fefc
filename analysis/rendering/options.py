"""Reads `_quarto.yml` and the front matter, and refuses what the embedded renderer cannot honour."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from analysis.faults import Fault, Faults, did_you_mean
from analysis.rendering.lines import Line, text_of
from analysis.rendering.schema import DOCUMENT, PROJECT, Rule, Schema

Value = str | int | bool | list[object] | Mapping[str, object]
NAMED = {str: "text", int: "a whole number", bool: "true or false", list: "a list"}


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of project and document; those of a format come first when asked for one."""

    document: Mapping[str, Value]
    formats: Mapping[str, Mapping[str, Value]]

    def metadata(self, name: str) -> dict[str, Value]:
        """Everything that holds for one format, the format's own settings above the document's."""
        return {**self.document, **self.formats[name]}

    def filter_path(self) -> str:
        """The one filter of the study, relative to the project."""
        first = self.document["filters"]
        assert isinstance(first, list) and isinstance(first[0], Mapping)
        return str(first[0]["path"])

    def font_folder(self) -> str:
        """The folder of the fonts of the PDF, relative to the project."""
        folders = self.formats["typst"]["font-paths"]
        assert isinstance(folders, list)
        return str(folders[0]).lstrip("/")


def read_options(root: Path, front: Sequence[Line]) -> Options:
    """Settings of the project with those of the document above them; raises every fault in both."""
    text = (root / "_quarto.yml").read_text(encoding="utf-8")
    project_lines = [Line(line, "_quarto.yml", number) for number, line in enumerate(text.splitlines(), 1)]
    project = _read(project_lines, PROJECT)
    document = _read(front, DOCUMENT)
    formats = project.pop("format")
    return Options({**project, **document}, formats)


def option_faults(root: Path, front: Sequence[Line]) -> list[Fault]:
    """What is wrong in `_quarto.yml` and in the front matter."""
    try:
        read_options(root, front)
    except Faults as found:
        return list(found.faults)
    return []


def _read(lines: Sequence[Line], schema: Schema) -> dict[str, dict[str, Mapping[str, Value]]]:
    try:
        node = yaml.compose(text_of(lines), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise Faults([_syntax_fault(lines, error)]) from error
    faults = list(_check(node, schema, lines)) if node else []
    if faults:
        raise Faults(faults)
    return yaml.safe_load(text_of(lines)) or {}


def _syntax_fault(lines: Sequence[Line], error: yaml.MarkedYAMLError) -> Fault:
    at = min(error.problem_mark.line, len(lines) - 1) if error.problem_mark else 0
    return Fault(lines[at].where, f"not YAML: {error.problem}", "YAML", "mend indentation, colons or quotes")


def _check(node: yaml.Node, schema: Schema, lines: Sequence[Line]) -> Iterator[Fault]:
    if not isinstance(node, yaml.MappingNode):
        yield Fault(
            lines[node.start_mark.line].where, "not a list of settings", ", ".join(schema), "write key: value"
        )
        return
    for key, value in node.value:
        where = lines[key.start_mark.line].where
        if key.value not in schema:
            yield Fault(
                where, f"unknown key {key.value!r}", ", ".join(schema), did_you_mean(key.value, schema)
            )
            continue
        rule = schema[key.value]
        if isinstance(rule, Mapping):
            yield from _check(value, rule, lines)
        else:
            yield from _check_value(where, key.value, value, rule)


def _check_value(where: str, key: str, node: yaml.Node, rule: Rule) -> Iterator[Fault]:
    value = yaml.SafeLoader("").construct_object(node, deep=True)
    if isinstance(rule, frozenset):
        allowed = ", ".join(str(choice).lower() for choice in rule)
        accepted = type(value) in {type(choice) for choice in rule} and value in rule
    else:
        allowed, accepted = NAMED[rule], type(value) is rule
    if not accepted:
        yield Fault(where, f"{key}: {value!r}", allowed, "write an allowed value, or remove the key")
