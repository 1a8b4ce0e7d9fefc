"""Refuses fenced blocks and cell options that only one of the two renderers understands."""

from collections.abc import Iterator, Sequence

import yaml

from analysis.faults import Fault, did_you_mean
from analysis.rendering.cells import option_lines
from analysis.rendering.lines import Line
from analysis.rendering.markup import Fence

ALLOWED: dict[str, tuple[object, ...]] = {
    "output": ("asis", False),
    "include": (False,),
    "echo": (True, False),
}
OPTIONS = ("label", *ALLOWED)


def cell_faults(fence: Fence, lines: Sequence[Line]) -> Iterator[Fault]:
    """What is wrong with one fenced block."""
    where = lines[fence.first].where
    if not fence.info.startswith("{") or fence.info.startswith("{."):
        return
    if fence.info.startswith("{="):
        yield Fault(where, f"raw block {fence.info}", "Markdown", "say it in Markdown")
    elif fence.info != "{python}":
        yield Fault(where, f"block {fence.info}", "{python}", "write it in Python; draw diagrams as a figure")
    else:
        yield from _options(fence, lines)


def _options(fence: Fence, lines: Sequence[Line]) -> Iterator[Fault]:
    where = lines[fence.first].where
    try:
        options = yaml.safe_load("\n".join(option_lines(fence.code))) or {}
    except yaml.YAMLError:
        yield Fault(
            where, "cell options that are not YAML", "#| key: value", "mend the lines that begin with #|"
        )
        return
    if not isinstance(options, dict):
        yield Fault(where, f"cell options {options!r}", "#| key: value", "write one option a line")
        return
    for key, value in options.items():
        yield from _option(where, str(key), value)
    if not {("output", "asis"), ("output", False), ("include", False)} & set(options.items()):
        yield Fault(
            where,
            "a cell whose output is not fixed",
            "output: asis, output: false, include: false",
            "add one",
        )


def _option(where: str, key: str, value: object) -> Iterator[Fault]:
    if key not in OPTIONS:
        yield Fault(where, f"cell option {key!r}", ", ".join(OPTIONS), did_you_mean(key, OPTIONS))
    elif key == "label" and str(value).startswith(("fig-", "tbl-", "lst-")):
        yield Fault(
            where,
            f"cell label {value!r}",
            "a label without fig- or tbl-",
            "the exhibit it prints has the name",
        )
    elif key in ALLOWED and value not in ALLOWED[key]:
        allowed = ", ".join(str(choice).lower() for choice in ALLOWED[key])
        yield Fault(where, f"{key}: {value}", allowed, "write an allowed value")
