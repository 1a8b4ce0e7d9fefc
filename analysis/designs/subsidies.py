"""Designs for subsidies: amounts that a rule revised, for households whose need was known before."""

from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd

from analysis.designs.judged import judged_estimate
from analysis.designs.kinds import Check, InstrumentDesigns
from analysis.estimates.need_based.anderson_rubin import AndersonRubin, anderson_rubin
from analysis.estimates.need_based.reassessment import RuleChange, rule_change
from analysis.estimates.need_based.rule_factors import at_base, rule_factors
from analysis.estimates.need_based.rule_sample import RuleDesign
from analysis.panel.build import Panel
from analysis.panel.income import without

RIGID = "dibao"
LEAST_PAIRS = 3
SAYS = (
    "households by what they received of the minimum living allowance before their township revised its "
    "amounts, where the revision was larger against where it was smaller"
)


def with_rule(frame: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return household-years with `allowance` per person, `exposure` of the first year and the `factor`."""
    key = ["household_id", "year"]
    paid = ledger[ledger["subsidy_type"] == RIGID].groupby(key, as_index=False)[["subsidy_amount"]].sum()
    rows = frame.merge(paid, on=key, how="left", validate="one_to_one")
    granted = rows["subsidy_amount"].mask(rows["subsidy_amount"].isna(), 0.0)
    rows = rows.assign(allowance=granted / rows["household_size"])
    where = {"entity": "household_id", "period": "year", "base": rows["year"].min()}
    factors = rule_factors(rows, amount="allowance", group="township_code", at_least=LEAST_PAIRS, **where)
    rows = rows.merge(factors.frame, on=["township_code", "year"], how="left", validate="many_to_one")
    return rows.assign(exposure=at_base(rows, column="allowance", **where))


def fit_rule(rows: pd.DataFrame, outcome: str, panel: Panel, clusters: str) -> RuleChange:
    """Return the effect of a yuan of subsidies through the revision of amounts."""
    return rule_change(rows, outcome=outcome, **asdict(rule_design(panel, clusters)))


def bootstrap_rule(rows: pd.DataFrame, panel: Panel, *, draws: int, seed: int) -> AndersonRubin:
    """Return the same effect with the interval of the bootstrap over townships, whatever its first stage."""
    columns = asdict(rule_design(panel, str(panel.coarse_cluster)))
    return anderson_rubin(rows, outcome=panel.outcome, draws=draws, seed=seed, **columns)


def rule_design(panel: Panel, clusters: str) -> RuleDesign:
    """Return the columns that `with_rule` gives and those that it is estimated with."""
    return RuleDesign(
        dose="subsidies",
        exposure="exposure",
        factor="factor",
        entity="household_id",
        period="year",
        group="township_code",
        clusters=clusters,
        controls=controls_of(panel),
    )


def controls_of(panel: Panel) -> tuple[str, ...]:
    """Return the controls: those of the panel and the other instruments."""
    return (*panel.controls, *(name for name in panel.instruments if name != "subsidies"))


def subsidy_designs(panel: Panel, tables: Mapping[str, pd.DataFrame], plausible: float) -> InstrumentDesigns:
    """Return every design that the records of subsidies allow."""
    rows = with_rule(panel.study, tables["subsidies"])
    village, township = str(panel.fine_cluster), str(panel.coarse_cluster)
    total = fit_rule(rows, panel.outcome, panel, village)
    by_township = fit_rule(rows, panel.outcome, panel, township)
    estimates = [
        judged_estimate("rule", "Revision of amounts", SAYS, total.effect, plausible, primary=True),
        judged_estimate(
            "rule_township",
            "Revision of amounts, errors by township",
            "as above",
            by_township.effect,
            plausible,
        ),
    ]
    if panel.sources:
        alone = fit_rule(rows, without("subsidies"), panel, village)
        label = "Revision of amounts, income without the subsidies"
        estimates.append(judged_estimate("rule_without", label, "as above", alone.effect, plausible))
    return InstrumentDesigns("subsidies", tuple(estimates), checks=rule_checks(total))


def rule_checks(total: RuleChange) -> tuple[Check, ...]:
    """Return how strongly the revision moves what households receive."""
    return (
        Check(
            "rule_f",
            "First-stage F of the revision",
            total.f_statistic,
            "F",
            "how strongly the revision moves the subsidies received",
            decimals=0,
        ),
    )
