"""The one entry: renders the paper with Quarto where it is installed and with its engines where it is not."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from analysis.rendering.embedded import render_embedded
from analysis.rendering.publication import Rendered, Stopwatch, publish, workshop
from analysis.rendering.quarto import render_with_quarto

Format = Literal["html", "pdf", "docx"]


def render(
    source: Path,
    formats: Sequence[Format],
    destination: Path,
    *,
    environment: Mapping[str, str],
    progress: Callable[[str], None],
) -> Rendered:
    """Render `source` into `destination`; raises `Faults`, and then leaves every earlier file as it was."""
    watch = Stopwatch(progress)
    program = shutil.which("quarto", path=environment.get("PATH"))
    with workshop(destination) as folder:
        if program:
            draft = render_with_quarto(program, source, formats, folder, environment, watch)
        else:
            draft = render_embedded(source, formats, folder, environment, watch)
        files = publish(draft.files, destination)
    return Rendered(files, draft.warnings, watch.seconds)
