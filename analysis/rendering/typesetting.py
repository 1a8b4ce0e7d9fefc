"""Sets the PDF with Typst, from the fonts in the project and those inside Typst alone."""

from collections.abc import Sequence
from pathlib import Path

import typst

from analysis.faults import Fault, Faults
from analysis.rendering.glyphs import missing_glyphs
from analysis.rendering.lines import Line


def set_pdf(text: Path, pdf: Path, root: Path, fonts: Path, lines: Sequence[Line]) -> tuple[str, ...]:
    """Set the Typst text as a PDF and return Typst's warnings; raises on a character that no font has."""
    source = text.read_text(encoding="utf-8")
    faults = missing_glyphs(source, fonts, lines)
    if faults:
        raise Faults(faults)
    try:
        result, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
            source.encode(), root=str(root), font_paths=[str(fonts)], ignore_system_fonts=True, format="pdf"
        )
    except typst.TypstError as error:
        raise Faults(
            [Fault("report", f"Typst stopped: {error}", "a text that Typst sets", "see the message")]
        ) from error
    pdf.write_bytes(result)
    return tuple(warning.message for warning in warnings)
