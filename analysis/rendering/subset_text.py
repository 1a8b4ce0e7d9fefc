"""Refuses, line by line, what only one of the two renderers understands in prose and divs."""

import re
from collections.abc import Callable, Iterator

from analysis.faults import Fault
from analysis.rendering.lines import Line
from analysis.rendering.markup import BRACES, DIV, INLINE, Attributes, attributes_of

CALLOUTS = tuple(f"callout-{kind}" for kind in ("note", "tip", "warning", "important", "caution"))
DIV_CLASSES = (*CALLOUTS, "notes", "when", "unless", "abstract")
DIV_KEYS = {"when": {"has"}, "unless": {"has"}, **{callout: {"title", "icon"} for callout in CALLOUTS}}

Check = Callable[[Line], Iterator[Fault]]


def _shortcodes(line: Line) -> Iterator[Fault]:
    if "{{<" in line.text:
        yield Fault(
            line.where,
            f"shortcode {line.text.strip()!r}",
            "{{< include _chapter.qmd >}} alone on its line",
            "put a computed value in with `{python} ...`, a link as [text](address)",
        )


def _raw_inline(line: Line) -> Iterator[Fault]:
    if "`{=" in line.text:
        yield Fault(line.where, "raw markup in the text", "Markdown", "say it in Markdown")


def _table_caption(line: Line) -> Iterator[Fault]:
    if re.match(r"^(Table)?:\s+\S", line.text) and "{#" in line.text:
        yield Fault(
            line.where,
            f"table caption {line.text.strip()!r}",
            "::: {#tbl-name} around table and caption",
            "put the caption as last paragraph of the div",
        )


def _expression(line: Line) -> Iterator[Fault]:
    for opened in re.finditer(r"`\{(\w+)\}", line.text):
        if opened[1] != "python":
            yield Fault(
                line.where, f"inline {{{opened[1]}}}", "`{python} ...`", "write the expression in Python"
            )
        elif not any(match.start() == opened.start() for match in INLINE.finditer(line.text)):
            yield Fault(
                line.where, "inline expression that does not end", "`{python} ...` on one line", "close it"
            )


def _unknown_reference(line: Line) -> Iterator[Fault]:
    for match in re.finditer(
        r"(?<![\w`\\])@(lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|apx|ch|vid|nte|tip|wrn|imp|cau)-\S+",
        line.text,
    ):
        yield Fault(
            line.where, f"reference {match[0]}", "@fig-, @tbl-, @sec-, @eq-", "refer to one of these kinds"
        )


def _braces(line: Line) -> Iterator[Fault]:
    for match in BRACES.finditer(line.text):
        attributes = attributes_of(match["inner"])
        for name in attributes.classes:
            if name.startswith(("content-", "column", "panel-", "aside", "fragment", "lightbox")):
                yield Fault(line.where, f"class .{name}", ", ".join(DIV_CLASSES), _instead(name))


def _div(line: Line) -> Iterator[Fault]:
    match = DIV.match(line.text)
    if match is None or not (match["braced"] or match["word"]):
        return
    attributes = attributes_of(match["braced"]) if match["braced"] else Attributes("", (match["word"],), ())
    unknown = [name for name in attributes.classes if name not in DIV_CLASSES]
    known = {key for name in attributes.classes if name in DIV_CLASSES for key in DIV_KEYS.get(name, set())}
    if attributes.identifier and not attributes.identifier.startswith(("tbl-", "refs")):
        yield Fault(
            line.where,
            f"div #{attributes.identifier}",
            "#tbl-..., #refs",
            "give figures as ![...](...){#fig-...}",
        )
    for name in unknown:
        if not name.startswith(("content-", "column", "panel-", "aside", "fragment", "lightbox")):
            yield Fault(
                line.where, f"div .{name}", ", ".join(f".{name}" for name in DIV_CLASSES), _instead(name)
            )
    for key in attributes.keys:
        if key not in known and not unknown:
            yield Fault(
                line.where, f"attribute {key}= on a div", ", ".join(sorted(known)) or "none", _instead(key)
            )


def _instead(name: str) -> str:
    if name.startswith("content-") or name.endswith("-format"):
        return 'use ::: {.when has="..."} or ::: {.unless has="..."}'
    if name.startswith("panel-"):
        return "give each tab a heading of its own"
    if name.startswith(("layout", "column")):
        return "make one figure of several panels"
    if name == "collapse":
        return "leave the callout open"
    return "remove it, or use a plain paragraph"


LINE_CHECKS: tuple[Check, ...] = (
    _shortcodes,
    _raw_inline,
    _table_caption,
    _expression,
    _unknown_reference,
    _braces,
    _div,
)
