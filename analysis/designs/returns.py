"""Returns below the line after a year above it: their hazard, and the share still above by years."""

from dataclasses import dataclass, replace

import pandas as pd

from analysis.designs.attempts import not_applicable
from analysis.estimates.column_checks import where
from analysis.estimates.dynamics.hazard import HazardFit, fit_hazard
from analysis.estimates.dynamics.kaplan_meier import SurvivalTable, kaplan_meier
from analysis.estimates.dynamics.spells import DURATION, RETURN, SPELL, Spells, spells
from analysis.estimates.hypotheses import NotApplicable
from analysis.faults import Fault, Faults
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import INSTRUMENTS, Column, Instrument

HOUSEHOLD, STATE = "household_id", "below_line"
LONGEST = 5
EVENTS_PER_TERM = 10
"""Fewer returns a covariate give coefficients that are not to be read (Peduzzi et al. 1996)."""
YUAN = 1000.0
AT_EXIT = "{} at exit"


@dataclass(frozen=True, slots=True)
class Survival:
    """Staying above the line by whether an instrument reached the household in the year it rose above it."""

    instrument: Instrument
    reached: SurvivalTable
    others: SurvivalTable


@dataclass(frozen=True, slots=True)
class Returns:
    """The hazard of return and survival by instrument; subsidies of a ledger count in thousands of yuan."""

    hazard: HazardFit
    whole: SurvivalTable
    survival: tuple[Survival, ...]


def returns(panel: Panel, region: Region) -> Returns | NotApplicable:
    """Return what the records say about returns below the line, or why they say nothing."""
    if STATE not in panel.frame:
        return NotApplicable("returns", "the region has no line by year, or income is not at current prices")
    try:
        found = spells(scaled(panel, region), entity=HOUSEHOLD, period="year", state=STATE)
        covariates = (*panel.instruments, *panel.controls)
        refuse_few(found, covariates)
        hazard = fit_hazard(
            found,
            covariates=covariates,
            entity=HOUSEHOLD,
            clusters=panel.fine_cluster or HOUSEHOLD,
            link="cloglog",
            longest=longest(found.rows),
        )
    except Faults as faults:
        return not_applicable("returns", faults)
    curves = (survival(found, name) for name in INSTRUMENTS if name in panel.instruments)
    return Returns(hazard, kaplan_meier(found), tuple(curve for curve in curves if curve is not None))


def scaled(panel: Panel, region: Region) -> pd.DataFrame:
    """Return the study sample, subsidies in thousands of yuan, with what reached each row the year before."""
    frame = panel.study
    if "subsidies" in panel.instruments and not isinstance(region.settings.instruments["subsidies"], Column):
        frame = frame.assign(subsidies=frame["subsidies"] / YUAN)
    earlier = frame.groupby(HOUSEHOLD, observed=True)[list(panel.instruments)].shift()
    return frame.assign(**{AT_EXIT.format(name): earlier[name] for name in panel.instruments})


def refuse_few(found: Spells, covariates: tuple[str, ...]) -> None:
    """Raise `Faults` for too few returns, and where no row that a covariate marks has one."""
    needed, faults = EVENTS_PER_TERM * len(covariates), []
    if found.n_returns < needed:
        faults.append(Fault("returns", f"only {found.n_returns}", f"{needed} or more", "add years"))
    rows = found.rows
    faults += [
        Fault(where(name), "no return in any row that it reaches", "one or more", "leave it out")
        for name in covariates
        if not rows.loc[rows[name] > 0, RETURN].any()
    ]
    if faults:
        raise Faults(faults)


def longest(rows: pd.DataFrame) -> int:
    """Return the last duration with a hazard of its own: returns and stays at each up to it."""
    for limit in range(LONGEST, 1, -1):
        share = rows.groupby(rows[DURATION].clip(upper=limit))[RETURN].mean()
        if share.between(0, 1, inclusive="neither").all():
            return limit
    return 1


def survival(found: Spells, instrument: Instrument) -> Survival | None:
    """Return the two curves of an instrument, None where all or none were reached.

    Who is reached later is not counted among the reached: to be reached later one must have stayed above.
    """
    first = found.rows.groupby(SPELL)[AT_EXIT.format(instrument)].transform("first") > 0
    parts = [found.rows[first], found.rows[~first]]
    if any(part.empty for part in parts):
        return None
    reached, others = (kaplan_meier(part_of(found, part)) for part in parts)
    return Survival(instrument, reached, others)


def part_of(found: Spells, rows: pd.DataFrame) -> Spells:
    """Return some spells, counted."""
    return replace(
        found,
        rows=rows,
        n_spells=int(rows[SPELL].nunique()),
        n_returns=int(rows[RETURN].sum()),
        n_entities=int(rows[HOUSEHOLD].nunique()),
    )
