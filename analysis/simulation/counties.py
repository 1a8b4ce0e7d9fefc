"""One synthetic county as the study would read it, with what each instrument really did to every row."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.panel.build import Panel, build_panel
from analysis.region import Region
from analysis.region_file import INSTRUMENTS
from analysis.synthetic.county import County, draw_county
from analysis.synthetic.effects import differences
from analysis.synthetic.records import household_ids
from analysis.synthetic.truth import Truth

KEY = ["household_id", "year"]


@dataclass(frozen=True, slots=True)
class KnownCounty:
    """Tables and panel of a county; `planted` has a column per instrument, one row per household-year.

    A planted value is what the instrument added to real income per capita of the household in that year.
    """

    county: County
    tables: dict[str, pd.DataFrame] = field(repr=False)
    panel: Panel
    planted: pd.DataFrame = field(repr=False)


def known_county(truth: Truth, region: Region) -> KnownCounty:
    """Draw a county and build its panel as `read_tables` and `build_panel` would from its files."""
    county = draw_county(truth, region.codebook, region)
    tables = {name: typed(name, frame, region) for name, frame in county.tables.items()}
    return KnownCounty(county, tables, build_panel(tables, region), planted(county))


def typed(table: str, frame: pd.DataFrame, region: Region) -> pd.DataFrame:
    """Return a table with its months as dates, as it is once read from a file."""
    months = [name for name, variable in region.codebook.by_table[table].items() if variable.type == "month"]
    return frame.assign(**{name: pd.to_datetime(frame[name], format="%Y-%m") for name in months})


def planted(county: County) -> pd.DataFrame:
    """Return what each instrument added to real income per capita: `household_id, year, <instrument>`."""
    ids, calendar = household_ids(county.setting), county.setting.calendar
    rows = pd.DataFrame(
        {
            "household_id": np.repeat(ids, calendar.length),
            "year": np.tile(calendar.first + np.arange(calendar.length), len(ids)),
        }
    )
    changes = {
        name: differences(county.setting, county.history, name)["income_total"].ravel()
        for name in INSTRUMENTS
    }
    return rows.assign(**changes)


def with_planted(frame: pd.DataFrame, known: KnownCounty) -> pd.DataFrame:
    """Return household-years with columns `planted_<instrument>`."""
    named = known.planted.rename(columns={name: f"planted_{name}" for name in INSTRUMENTS})
    return frame.merge(named, on=KEY, how="left", validate="one_to_one")
