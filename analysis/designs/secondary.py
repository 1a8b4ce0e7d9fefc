"""Everything beside the primary designs that a region's records allow."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.designs.all_designs import largest_plausible, not_recorded
from analysis.designs.attempts import attempted
from analysis.designs.doses import Doses
from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.lines import TownshipLines, township_lines
from analysis.designs.pass_through import pass_through_designs
from analysis.designs.post_doses import post_doses
from analysis.designs.project_doses import project_doses
from analysis.designs.switching import switch_designs
from analysis.estimates.hypotheses import NotApplicable
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Instrument

ORDER: tuple[Instrument, ...] = ("posts", "subsidies", "projects")


@dataclass(frozen=True, slots=True)
class Secondary:
    """Other designs, doses, the discontinuity at township lines; what is missing has a reason."""

    designs: tuple[InstrumentDesigns, ...]
    doses: Doses
    lines: TownshipLines | NotApplicable


def estimate_secondary(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> Secondary:
    """Return all secondary designs of a region; an instrument without a ledger has none."""
    other: list[InstrumentDesigns] = []
    doses: Doses = ()
    for name in ORDER:
        if name not in panel.instruments or not_recorded(name, panel, region):
            continue
        plausible = largest_plausible(name, panel)
        match name:
            case "posts":
                other.append(switch_designs(panel, tables, plausible))
                doses += post_doses(panel, tables)
            case "subsidies":
                other.append(subsidies_of(panel, tables, region, plausible))
            case "projects":
                doses += project_doses(panel, tables, region)
    return Secondary(tuple(other), doses, township_lines(panel, region))


def subsidies_of(
    panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region, plausible: float
) -> InstrumentDesigns:
    """Return the other designs of subsidies, or why the revision of amounts cannot be recovered."""
    found = attempted("Pass-through", lambda: pass_through_designs(panel, tables, region, plausible))
    if isinstance(found, NotApplicable):
        return InstrumentDesigns("subsidies", (), missing=(found,))
    return found
