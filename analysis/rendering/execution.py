"""Executes the cells and inline expressions of the paper in one fresh Jupyter kernel."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from analysis.faults import Fault, Faults
from analysis.rendering.cells import Cell, Piece, Prose
from analysis.rendering.kernel import evaluate, session
from analysis.rendering.lines import Line
from analysis.rendering.markup import INLINE

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINE_IN_CELL = re.compile(r"Cell In\[\d+\], line (\d+)|<ipython-input[^>]*>.*line (\d+)")
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~^$@'\"])")
TAIL = 12


@dataclass(frozen=True, slots=True)
class Executed:
    """The body with every cell and expression replaced by what it gave; `warnings` is what went to stderr."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...]


def execute(
    pieces: Sequence[Piece], folder: Path, environment: Mapping[str, str], progress: Callable[[str], None]
) -> Executed:
    """Run every cell in `folder`; raises a fault with the place of the cell or expression that fails."""
    total = sum(isinstance(piece, Cell) for piece in pieces)
    lines, warnings, faults, count = list[Line](), list[str](), list[Fault](), 0
    with session(folder, environment) as client:
        for piece in pieces:
            if isinstance(piece, Prose):
                lines += _fill(client, piece, faults)
                continue
            count += 1
            progress(f"executing cell {count} of {total}")
            lines += _run(client, piece, warnings)
    if faults:
        raise Faults(faults)
    return Executed(tuple(lines), tuple(warnings))


def _run(client: NotebookClient, cell: Cell, warnings: list[str]) -> Iterator[Line]:
    node = nbformat.v4.new_code_cell(cell.code)
    client.nb.cells.append(node)
    try:
        client.execute_cell(node, len(client.nb.cells) - 1)
    except CellExecutionError as error:
        raise Faults([_cell_fault(cell, node, error)]) from error
    except DeadKernelError as error:
        found = "the cell ended the Python process"
        mend = "look for exit() or for a lack of memory"
        raise Faults([Fault(cell.start.where, found, "a cell that runs to its end", mend)]) from error
    written = [
        output for output in node.outputs if output.output_type == "stream" and output.name == "stderr"
    ]
    warnings += [f"{cell.start.where}: {output.text.strip()}" for output in written]
    if cell.echoes:
        yield from _block(cell, ["```python", *_code(cell), "```"])
    if cell.prints:
        for output in node.outputs:
            yield from _block(cell, _markdown(cell, output).splitlines())


def _block(cell: Cell, texts: Sequence[str]) -> Iterator[Line]:
    yield cell.start.saying("")
    yield from (cell.start.saying(text) for text in texts)
    yield cell.start.saying("")


def _code(cell: Cell) -> list[str]:
    return [text for text in cell.code.splitlines() if not text.startswith("#|")]


def _markdown(cell: Cell, output: nbformat.NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.text) if output.name == "stdout" else ""
    if "text/markdown" in output.data:
        return str(output.data["text/markdown"])
    raise Faults(
        [
            Fault(
                cell.start.where,
                f"the cell shows {output.data.get('text/plain', 'something')[:80]} that is not Markdown",
                "text printed, or an object with _repr_markdown_",
                "print the Markdown, or end the cell with a semicolon",
            )
        ]
    )


def _cell_fault(cell: Cell, node: nbformat.NotebookNode, error: CellExecutionError) -> Fault:
    told = [line for output in node.outputs if output.output_type == "error" for line in output.traceback]
    trace = COLOUR.sub("", "\n".join(told))
    inner = [int(first or second) for first, second in LINE_IN_CELL.findall(trace)]
    line = cell.start.number + (inner[0] if inner else 0)
    tail = "\n".join(trace.splitlines()[-TAIL:])
    return Fault(
        f"{cell.start.file}:{line}",
        f"the cell raises {error.ename}: {error.evalue}\n{tail}",
        "a cell that runs to its end",
        "mend the code at this line",
    )


def _fill(client: NotebookClient, prose: Prose, faults: list[Fault]) -> Iterator[Line]:
    """Replace the inline expressions of one stretch of prose; they are evaluated together."""
    open_lines = [line for index, line in enumerate(prose.lines) if index not in prose.verbatim]
    results = evaluate(client, [match[1] for line in open_lines for match in INLINE.finditer(line.text)])
    for index, line in enumerate(prose.lines):
        if index in prose.verbatim:
            yield line
            continue
        here = [(match[1], next(results)) for match in INLINE.finditer(line.text)]
        faults += [_expression_fault(line, said, given) for said, given in here if given["status"] != "ok"]
        values = iter([_value(given) for _, given in here])
        yield line.saying(INLINE.sub(lambda _, given=values: next(given), line.text))  # type: ignore[misc]


def _value(result: Mapping[str, object]) -> str:
    """Markdown where the object offers it, otherwise its text with every sign of Markdown escaped."""
    data = result.get("data", {})
    assert isinstance(data, Mapping)
    if "text/markdown" in data:
        return str(data["text/markdown"]).strip()
    text = str(data.get("text/plain", ""))
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    return SPECIAL.sub(r"\\\1", text)


def _expression_fault(line: Line, expression: str, result: Mapping[str, object]) -> Fault:
    return Fault(
        line.where,
        f"`{{python}} {expression}` raises {result['ename']}: {result['evalue']}",
        "an expression that gives a value",
        "mend the expression",
    )
