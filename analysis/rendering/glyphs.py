"""Finds characters that no font of the PDF can show, before they vanish from it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from analysis.faults import Fault
from analysis.rendering.lines import Line
from analysis.rendering.places import faults_at

INVISIBLE = frozenset("\n\t\u200b\u2060\ufeff")


@cache
def coverage(fonts: Path) -> frozenset[str]:
    """Every character that the fonts in a folder can show between them."""
    points = {
        point for path in sorted(fonts.glob("*.otf")) for point in TTFont(path, lazy=True).getBestCmap()
    }
    return frozenset(map(chr, points)) | INVISIBLE


def missing_glyphs(text: str, fonts: Path, lines: Sequence[Line]) -> list[Fault]:
    """One fault for each place of each character of `text` that cannot be shown."""
    absent = sorted(set(text) - coverage(fonts))
    return [fault for character in absent for fault in _faults(character, lines)]


def _faults(character: str, lines: Sequence[Line]) -> list[Fault]:
    name = unicodedata.name(character, "without a name")
    found = f"character {character!r} (U+{ord(character):04X}, {name}) is in no font of the PDF"
    mend = "write it otherwise, or add it in report/fonts/make_subset.py and make the fonts again"
    allowed = "characters of the fonts in report/fonts"
    return faults_at(lines, re.escape(character), found, allowed, mend)
