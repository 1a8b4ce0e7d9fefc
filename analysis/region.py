"""A region: what its file says, where its folder is, and the codebook with its own variables."""

from functools import cached_property
from pathlib import Path

from analysis.codebook import CODEBOOK, Codebook, Language, Variable, read_codebook
from analysis.faults import Fault, Faults, did_you_mean
from analysis.region_faults import contradictions
from analysis.region_file import INSTRUMENTS, Column, Instrument, RegionFile
from analysis.settings import Settings, read_settings


class Region(Settings):
    """A region: its file, where its folder is, and the codebook with its own variables."""

    slug: str
    folder: Path
    settings: RegionFile
    codebook: Codebook

    @property
    def raw(self) -> Path:
        """Folder of the files as received."""
        return self.folder / "raw"

    @property
    def root(self) -> Path:
        """Folder of the project, which holds `data/<slug>/`."""
        return self.folder.parent.parent

    @property
    def raw_folders(self) -> tuple[str, ...]:
        """Folders where the files as received may be, relative to the project, in the order of search."""
        return self.settings.raw or (self.raw.relative_to(self.root).as_posix(),)

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """Instruments that the region's records hold, in the order of the study."""
        return tuple(name for name in INSTRUMENTS if name in self.settings.instruments)

    @cached_property
    def line_by_year(self) -> dict[int, float]:
        """Policy line of each year, yuan a year per capita at current prices."""
        return {line.year: line.amount for line in self.settings.lines}

    @cached_property
    def price_index(self) -> dict[int, float]:
        """Price level of each year, 1 in the base year; all ones where the region gives no prices."""
        years = range(self.settings.years.first, self.settings.years.last + 1)
        prices = self.settings.prices
        if prices is None:
            return dict.fromkeys(years, 1.0)
        level = {min(years): 1.0}
        for year in years[1:]:
            level[year] = level[year - 1] * (1 + prices.change[year] / 100)
        return {year: level[year] / level[prices.base] for year in years}

    def treatment(self, instrument: Instrument) -> Variable:
        """Return the variable of an instrument's treatment: the region's own column, or the panel's."""
        entry = self.settings.instruments[instrument]
        return self.codebook.variable(entry.variable if isinstance(entry, Column) else instrument)

    def label(self, name: str, language: Language = "en") -> str:
        """Return the label of a variable of the panel, an instrument under its own column's name."""
        if name in self.settings.instruments:
            return str(getattr(self.treatment(name).label, language))
        return self.codebook.label(name, language)

    def variables_of(self, table: str) -> dict[str, Variable]:
        """Return the variables that the region's file of `table` must hold."""
        chosen = self.settings.tables[table].read
        every = self.codebook.by_table[table]
        return every if chosen is None else {name: self.codebook.variable(name) for name in chosen}


def read_region(slug: str, root: Path = Path()) -> Region:
    """Read `data/<slug>/region.yaml`; raises Faults with every fault of the file."""
    folder = root / "data" / slug
    path = folder / "region.yaml"
    if not path.is_file():
        known = sorted(found.parent.name for found in (root / "data").glob("*/region.yaml"))
        raise Faults(
            [Fault(str(path), f"unknown region {slug!r}", ", ".join(known), did_you_mean(slug, known))]
        )
    settings = read_settings(path, RegionFile)
    codebook = read_codebook(root / CODEBOOK).extended(str(path), settings.variables)
    faults = list(contradictions(str(path), settings, codebook))
    if faults:
        raise Faults(faults)
    return Region(slug=slug, folder=folder, settings=settings, codebook=codebook)
