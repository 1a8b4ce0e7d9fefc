"""Cells and inline expressions: what they give, and where they fail."""

from pathlib import Path

import pytest

from analysis.faults import Faults
from analysis.rendering.cells import Cell, Prose, pieces_of
from analysis.rendering.execution import execute
from tests.rendering.project import placed

PAPER = """Before `{python} 1 + 1`.

```{python}
#| output: asis
import os
print("where", os.getcwd())
print("region", os.environ["STUDY_REGION"])
```

```python
shown = "`{python} 1 + 1`"
```

```{python}
#| include: false
print("not shown")
word = "a*b"
```

After `{python} word` and `{python} 2 * 3`.
"""


def run(text: str, folder: Path) -> list[str]:
    pieces = list(pieces_of(placed(text)))
    done = execute(pieces, folder, {"STUDY_REGION": "laoling"}, lambda said: None)
    return [line.text for line in done.lines]


def test_prose_and_cells_alternate():
    pieces = list(pieces_of(placed(PAPER)))
    assert [type(piece) for piece in pieces] == [Prose, Cell, Prose, Cell, Prose]
    assert pieces[1].options == (("output", "asis"),)
    assert pieces[1].start.number == 3


def test_cells_run_in_the_project_with_the_environment_given(tmp_path):
    assert run(PAPER, tmp_path) == [
        "Before 2.",
        "",
        "",
        f"where {tmp_path}",
        "region laoling",
        "",
        "",
        "```python",
        'shown = "`{python} 1 + 1`"',
        "```",
        "",
        "",
        "After a\\*b and 6.",
    ]


def test_a_cell_that_raises_is_named_with_its_line_and_the_message(tmp_path):
    text = "Text.\n\n```{python}\n#| output: asis\nx = 1\nx / 0\n```\n"
    with pytest.raises(Faults) as caught:
        run(text, tmp_path)
    (fault,) = caught.value.faults
    assert fault.where == "report/paper.qmd:6"
    assert fault.found.startswith("the cell raises ZeroDivisionError: division by zero")
    assert "x / 0" in fault.found


def test_every_expression_that_raises_is_named(tmp_path):
    with pytest.raises(Faults) as caught:
        run("One `{python} nope`.\n\nTwo `{python} 1 / 0`, fine `{python} 1`.\n", tmp_path)
    assert [(fault.where, fault.found) for fault in caught.value.faults] == [
        ("report/paper.qmd:1", "`{python} nope` raises NameError: name 'nope' is not defined"),
        ("report/paper.qmd:3", "`{python} 1 / 0` raises ZeroDivisionError: division by zero"),
    ]


def test_a_value_that_is_not_markdown_is_refused(tmp_path):
    with pytest.raises(Faults) as caught:
        run("```{python}\n#| output: asis\n[1, 2]\n```\n", tmp_path)
    assert caught.value.faults[0].found == "the cell shows [1, 2] that is not Markdown"


def test_what_a_cell_writes_to_stderr_is_a_warning(tmp_path):
    text = "```{python}\n#| include: false\nimport sys\nprint('careful', file=sys.stderr)\n```\n"
    done = execute(list(pieces_of(placed(text))), tmp_path, {}, lambda said: None)
    assert done.warnings == ("report/paper.qmd:1: careful",)


def test_code_is_shown_only_where_asked(tmp_path):
    text = "```{python}\n#| output: asis\n#| echo: true\nprint('out')\n```\n"
    assert run(text, tmp_path) == ["", "```python", "print('out')", "```", "", "", "out", ""]


def test_a_cell_that_ends_the_process_is_named(tmp_path):
    with pytest.raises(Faults) as caught:
        run("One.\n\n```{python}\n#| include: false\nimport os\nos._exit(1)\n```\n", tmp_path)
    assert [(fault.where, fault.found) for fault in caught.value.faults] == [
        ("report/paper.qmd:3", "the cell ended the Python process")
    ]
