"""Whether the row of headers is where it is said to be."""

import unicodedata
from collections.abc import Iterable, Mapping

from analysis.faults import Fault
from analysis.sources.privacy import shortened
from analysis.sources.sheet import Sheet


def normal(header: str) -> str:
    """Return a header without blanks and byte order mark, full-width signs made half-width."""
    return "".join(unicodedata.normalize("NFKC", header).replace("\ufeff", "").split())


def misplaced_headers(sheet: Sheet, table: str, accepted: Mapping[str, tuple[str, ...]]) -> list[Fault]:
    """Return the fault of a header row that holds no expected header, or fewer than another row."""
    wanted = [{normal(header) for header in headers} for headers in accepted.values()]
    here = hits(sheet.headers, wanted)
    best = max(range(len(sheet.top)), key=lambda row: hits(sheet.top[row], wanted), default=None)
    if best is not None and hits(sheet.top[best], wanted) > max(here, len(wanted) / 2):
        return [
            Fault(
                f"{sheet.place}, row {sheet.header_row}",
                f"the headers are in row {best + 1}",
                "headers in the row that region.yaml declares, the first unless it says otherwise",
                f"say so in region.yaml: `tables: {{{table}: {{header_row: {best + 1}}}}}`",
            )
        ]
    return [] if here else [nothing_expected(sheet, wanted)]


def hits(row: Iterable[str], wanted: Iterable[set[str]]) -> int:
    """Return how many variables have a header in the row."""
    present = {normal(text) for text in row}
    return sum(bool(headers & present) for headers in wanted)


def nothing_expected(sheet: Sheet, wanted: list[set[str]]) -> Fault:
    """Return the fault of a sheet without any expected header, which an encoding may have caused."""
    read_as = f", read as {sheet.encoding}," if sheet.encoding else ""
    first = ", ".join(repr(shortened(header)) for header in sheet.headers[:5])
    return Fault(
        sheet.place,
        f"none of the {len(wanted)} expected columns; the row of headers{read_as} begins {first}",
        "the columns of this table",
        "look whether this is the right file and sheet, and whether the text above is legible",
    )
