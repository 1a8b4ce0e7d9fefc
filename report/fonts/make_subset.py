"""Cut the two static Chinese fonts of the paper out of the Debian package `fonts-noto-cjk`."""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection

HERE = Path(__file__).parent
FACE = "Noto Sans CJK SC"
ROWS = {"Regular": range(0xA1, 0xF8), "Bold": range(0xA1, 0xD8)}
LATIN_TO_PUNCTUATION = [(0x20, 0x7E), (0xA0, 0x17F), (0x2B0, 0x2DD), (0x391, 0x3C9), (0x2010, 0x2044)]
SYMBOLS = [(0x2070, 0x209C), (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF)]
MATHS_AND_SHAPES = [(0x2200, 0x22FF), (0x2460, 0x249B), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2713, 0x2718)]
CHINESE_FORMS = [(0x3000, 0x3029), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6)]


def gb2312(rows: range) -> set[int]:
    """Every character in some rows of the GB 2312 set."""
    cells = (bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF))
    return {ord(character) for pair in cells for character in assigned(pair)}


def assigned(pair: bytes) -> str:
    """The character of one cell, or nothing where GB 2312 leaves the cell empty."""
    try:
        return pair.decode("gb2312")
    except UnicodeDecodeError:
        return ""


def wanted(rows: range) -> set[int]:
    """Rows of GB 2312 with the Latin, Greek, punctuation and mathematical signs that the tables use."""
    ranges = LATIN_TO_PUNCTUATION + SYMBOLS + MATHS_AND_SHAPES + CHINESE_FORMS
    return gb2312(rows) | {point for first, last in ranges for point in range(first, last + 1)}


def cut(collection: Path, rows: range, target: Path) -> None:
    """Write the subset of the one face of `collection` that is for simplified Chinese."""
    fonts = TTCollection(collection, lazy=True).fonts
    font = next(font for font in fonts if font["name"].getBestFamilyName() == FACE)
    options = Options(layout_features=["kern", "locl", "ccmp", "mark"], name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted(rows))
    subsetter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for weight, rows in ROWS.items():
        cut(folder / f"NotoSansCJK-{weight}.ttc", rows, HERE / f"NotoSansCJKsc-{weight}.otf")
