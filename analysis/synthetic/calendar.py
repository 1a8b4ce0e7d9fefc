"""Years, months, prices and lines of a county, counted from its first year."""

from dataclasses import dataclass

import numpy as np

from analysis.region import Region
from analysis.synthetic.streams import Floats, Ints, Texts, only

NEVER = 100_000


@dataclass(frozen=True, slots=True)
class Calendar:
    """Arrays by year; months are counted from January of the first year."""

    years: Ints
    prices: Floats
    lines: Floats

    @property
    def length(self) -> int:
        """Number of years."""
        return len(self.years)

    @property
    def first(self) -> int:
        """First year."""
        return int(self.years[0])

    def months(self, counted: Ints, until: Ints | None = None) -> Texts:
        """Return months as 2019-03, and None where they come after the December of year number `until`."""
        last = np.full(counted.shape, self.length - 1) if until is None else until
        known = counted < 12 * (last + 1)
        year, month = np.divmod(np.where(known, counted, 0), 12)
        text = np.char.add(
            np.char.add((year + self.first).astype(str), "-"), np.char.zfill((month + 1).astype(str), 2)
        )
        return only(known, text.astype(object))


def calendar_of(region: Region) -> Calendar:
    """Return the calendar of a region that gives a line for each of its years."""
    years = np.arange(region.settings.years.first, region.settings.years.last + 1)
    return Calendar(
        years=years,
        prices=np.array([region.price_index[int(year)] for year in years]),
        lines=np.array([region.line_by_year[int(year)] for year in years]),
    )
