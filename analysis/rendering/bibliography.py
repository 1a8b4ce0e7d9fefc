"""Which entries of the bibliography the paper never cites."""

import re
from collections.abc import Sequence
from pathlib import Path

from analysis.rendering.lines import Line, text_of
from analysis.rendering.places import reference_pattern

ENTRY = re.compile(r"^@(?!comment|string|preamble)\w+\{\s*([^,\s]+)\s*,", re.MULTILINE | re.IGNORECASE)


def uncited(bibliography: Path, lines: Sequence[Line]) -> list[str]:
    """One warning for each entry that no line cites."""
    text = text_of(lines)
    keys = ENTRY.findall(bibliography.read_text(encoding="utf-8"))
    return [
        f"{bibliography.name}: @{key} is never cited"
        for key in keys
        if not re.search(reference_pattern(key), text)
    ]
