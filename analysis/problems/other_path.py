"""What more money on the same path adds to incomes, and what another path for the same money does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.designs.all_designs import not_recorded
from analysis.designs.attempts import attempted
from analysis.designs.project_doses import with_doses
from analysis.designs.projects import adoption_design
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Estimate
from analysis.estimates.staggered.added_dose import AddedDoses, added_doses
from analysis.panel.build import Panel
from analysis.region import Region

DOSES = ("invested_before", "sectors")


@dataclass(frozen=True, slots=True)
class OtherPath:
    """Yuan a year per capita of beneficiaries.

    `same_path` is what ten thousand yuan a household more add where sectors stay the same, `other_path` what
    a sector more in the village adds for the same money: another path less the same one. `against_income` is
    that over the mean income of beneficiaries.
    """

    same_path: Estimate
    other_path: Estimate
    against_income: Estimate


def other_path(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> OtherPath | NotApplicable:
    """Return both from one regression of imputed effects, or why the records do not give them."""
    name = "Another path"
    if "projects" not in panel.instruments or "beneficiaries" not in tables:
        return NotApplicable(name, "the records do not say whom projects reach")
    if reason := not_recorded("projects", panel, region):
        return NotApplicable(name, reason)
    found = attempted(name, lambda: added(with_both(panel.study, tables, region), panel, panel.outcome))
    return found if isinstance(found, NotApplicable) else compared(found)


def with_both(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame], region: Region) -> pd.DataFrame:
    """Return household-years with sectors of the village so far, and money up to the year before."""
    dosed = with_doses(frame, tables, region)
    key = ["household_id", "year"]
    before = dosed[[*key, "invested"]].assign(year=dosed["year"] + 1)
    before = before.rename(columns={"invested": "invested_before"})
    return dosed.merge(before, on=key, how="left", validate="one_to_one")


def added(frame: pd.DataFrame, panel: Panel, outcome: str) -> AddedDoses:
    """Return what each dose adds to an outcome; raises `Faults` where the two go together."""
    return added_doses(frame, outcome=outcome, design=adoption_design(panel), doses=DOSES)


def compared(found: AddedDoses) -> OtherPath:
    """Return the effects, and that of another path as a share of the mean income."""
    money, sectors = found.effects
    share = replace(
        sectors,
        estimate=sectors.estimate / found.mean,
        std_error=sectors.std_error / found.mean,
        conf_low=sectors.conf_low / found.mean,
        conf_high=sectors.conf_high / found.mean,
    )
    return OtherPath(money, sectors, share)
