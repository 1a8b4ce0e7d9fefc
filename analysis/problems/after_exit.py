"""What became of households after their removal, and what makes removal likely."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.returns import longest, refuse_few
from analysis.estimates.dynamics.hazard import HazardFit, fit_hazard
from analysis.estimates.dynamics.spells import DURATION, RETURN, SPELL, Spells
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_sample import codes
from analysis.estimates.shares import Share, share_of

HOUSEHOLD = "household_id"
SICK = ("illness", "disability")
YEAR, QUARTER = 12, 3
HIGHEST = 1.0
"""Incomes further above the line than this tell officials no more, shares of the line."""
TERMS = {
    "income": "Income above the line, by one line (no more counted)",
    "quarter": "Monitored for three months longer by December (up to a year)",
    "labour": "Somebody able to work",
    "sick": "Risk through illness or disability",
}


@dataclass(frozen=True, slots=True)
class AfterExit:
    """Shares below the line in the year after removal: all, by township code, by how it was justified."""

    county: Share
    townships: Mapping[str, Share]
    means: Mapping[str, Share]


def after_exit(panel: pd.DataFrame, rows: pd.DataFrame) -> AfterExit | NotApplicable:
    """Return what the year after removal brought."""
    gone = rows.loc[rows["left"] == 1, [HOUSEHOLD, "year", "township_code"]]
    if "removal_means" in rows:
        gone = gone.assign(means=rows["removal_means"].astype(str))
    after = panel[[HOUSEHOLD, "year", "below_line"]].assign(year=panel["year"] - 1)
    known = gone.merge(after, on=[HOUSEHOLD, "year"], how="inner", validate="one_to_one")
    if known.empty:
        return NotApplicable("income after removal", "no household is on record after its removal")
    back = known["below_line"] == 1
    return AfterExit(
        county=share_of(back),
        townships={str(code): share_of(own) for code, own in back.groupby(known["township_code"])},
        means={str(name): share_of(own) for name, own in back.groupby(known["means"])}
        if "means" in known
        else {},
    )


def exit_hazard(rows: pd.DataFrame, clusters: str) -> HazardFit | NotApplicable:
    """Return the yearly hazard of removal by income, months, labour and risk; errors by `clusters`."""
    if not set(rows) >= {"workers", "risk", clusters}:
        return NotApplicable("hazard of removal", "the records hold no risks or numbers of workers")
    told = rows.assign(
        income=rows["against_line"].clip(upper=HIGHEST),
        quarter=rows["open_for"].clip(upper=YEAR) / QUARTER,
        labour=(rows["workers"] > 0).astype("int64"),
        sick=rows["risk"].astype(str).isin(SICK).astype("int64"),
    )
    found = watched_spells(told)

    def fitted() -> HazardFit:
        refuse_few(found, tuple(TERMS))
        return fit_hazard(
            found,
            covariates=tuple(TERMS),
            entity=HOUSEHOLD,
            clusters=clusters,
            link="cloglog",
            longest=longest(found.rows),
        )

    return attempted("hazard of removal", fitted)


def watched_spells(rows: pd.DataFrame) -> Spells:
    """Return spells of monitoring by year: durations count the years from that of inclusion as 1."""
    spells = rows.assign(
        **{
            SPELL: codes(rows[HOUSEHOLD]),
            DURATION: rows["year"] - rows["identified_month"].dt.year + 1,
            RETURN: rows["left"],
        }
    )
    n = int(rows[HOUSEHOLD].nunique())
    return Spells(spells, "removed", n, int(rows["left"].sum()), n, ())
