"""Refuses, line by line, what only one of the two renderers understands in prose and divs."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from analysis.faults import Fault
from analysis.rendering.lines import Line
from analysis.rendering.markup import BRACES, DIV, INLINE, Attributes, attributes_of

CALLOUTS = tuple(f"callout-{kind}" for kind in ("note", "tip", "warning", "important", "caution"))
DIV_KEYS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(CALLOUTS, ("title",)),
    "notes": (),
    "when": ("has",),
    "unless": ("has",),
    "abstract": (),
}
HEADING_CLASSES = ("unnumbered", "unlisted")
OF_QUARTO = ("content-", "column", "panel-", "aside", "fragment", "lightbox")
OTHER_REFERENCE = re.compile(
    r"(?<![\w`\\])@(lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|apx|ch|vid|nte|tip|wrn|imp|cau)-[\w-]+"
)

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


def _reference(line: Line) -> Iterator[Fault]:
    for match in OTHER_REFERENCE.finditer(line.text):
        allowed = "@fig-, @tbl-, @sec-, @eq-"
        yield Fault(line.where, f"reference {match[0]}", allowed, "refer to one of these kinds")


def _classes(line: Line) -> Iterator[Fault]:
    """Classes of headings and spans; those of divs are looked at by `_div`."""
    if DIV.match(line.text):
        return
    heading = line.text.startswith("#")
    for match in BRACES.finditer(line.text):
        for name in attributes_of(match["inner"]).classes:
            if (heading and name not in HEADING_CLASSES) or name.startswith(OF_QUARTO):
                allowed = listed(HEADING_CLASSES) if heading else "classes of your own"
                yield Fault(line.where, f"class .{name}", allowed, _instead(name))


def _div(line: Line) -> Iterator[Fault]:
    match = DIV.match(line.text)
    if match is None or not (match["braced"] or match["word"]):
        return
    given = attributes_of(match["braced"]) if match["braced"] else Attributes("", (match["word"],), ())
    unknown = [name for name in given.classes if name not in DIV_KEYS]
    keys = {key for name in given.classes if name in DIV_KEYS for key in DIV_KEYS[name]}
    if given.identifier and not given.identifier.startswith(("tbl-", "refs")):
        mend = "give figures as ![...](...){#fig-...}, sections as headings"
        yield Fault(line.where, f"div #{given.identifier}", "#tbl-..., #refs", mend)
    for name in unknown:
        yield Fault(line.where, f"div .{name}", listed(DIV_KEYS), _instead(name))
    for key in given.keys:
        if key not in keys and not unknown:
            allowed = ", ".join(sorted(keys)) or "no attribute"
            yield Fault(line.where, f"attribute {key}= on a div", allowed, _instead(key))


def listed(classes: Iterable[str]) -> str:
    """Class names as they are written in the sources."""
    return ", ".join(f".{name}" for name in classes)


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
    _reference,
    _classes,
    _div,
)
