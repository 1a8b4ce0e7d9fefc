"""Effects on quantiles of each year's distribution and on poverty, each with a test of what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import not_applicable
from analysis.estimates.distribution.poverty_effects import poverty_effects, shortfall
from analysis.estimates.distribution.rif_by_period import rif_by_period
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.poverty import NAMES
from analysis.estimates.results import Estimate, Fit
from analysis.estimates.sensitivity.strict_exogeneity import strict_exogeneity
from analysis.faults import Faults
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Instrument

QUANTILES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
LOW, HIGH = QUANTILES[0], QUANTILES[-1]
MEAN, SPREAD, LINE = "mean", "0.9 less 0.1", "line"
SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class TestedEffect:
    """An effect and the coefficient of next year's treatment, which should be zero; None where untestable."""

    __test__ = False

    estimate: Estimate
    lead: Estimate | None

    @property
    def refuted(self) -> bool:
        """Whether next year's treatment predicts this year's outcome, so that no effect is estimated."""
        return self.lead is not None and self.lead.p_value < SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class StatisticEffects:
    """Effects of each instrument on one statistic; `value` is its mean over the rows."""

    statistic: str
    value: float
    effects: Mapping[Instrument, TestedEffect]


@dataclass(frozen=True, slots=True)
class Kept:
    """Household-years above the line because of an instrument, of `treated` that it reached."""

    instrument: Instrument
    value: float
    low: float
    high: float
    std_error: float
    treated: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """Effects on quantiles, mean and spread of the outcome, and on poverty; or why there are none."""

    quantiles: tuple[StatisticEffects, ...] | NotApplicable
    poverty: tuple[StatisticEffects, ...] | NotApplicable
    kept: tuple[Kept, ...]


def estimate_distribution(panel: Panel, region: Region) -> Distribution:
    """Return the effects on the distribution of the outcome and on poverty."""
    design = PanelDesign(
        "household_id", "year", panel.instruments, controls=panel.controls, clusters=panel.fine_cluster
    )
    poverty = on_poverty(panel, region, design)
    kept = () if isinstance(poverty, NotApplicable) else kept_above(poverty[0], panel)
    return Distribution(on_quantiles(panel, design), poverty, kept)


def on_quantiles(panel: Panel, design: PanelDesign) -> tuple[StatisticEffects, ...] | NotApplicable:
    """Return effects on each quantile, on the mean, and on the distance of the outer quantiles."""
    frame = panel.study
    columns = {f"{q:g}": rif_by_period(frame, panel.outcome, "year", q) for q in QUANTILES}
    columns[MEAN] = frame[panel.outcome]
    columns[SPREAD] = columns[f"{HIGH:g}"] - columns[f"{LOW:g}"]
    rows = frame.assign(**columns)
    try:
        fits = {name: fit_panel(rows, name, design, HOUSEHOLD_YEAR) for name in columns}
    except Faults as faults:
        return not_applicable("effects on quantiles", faults)
    return tested(rows, fits, panel, design)


def on_poverty(
    panel: Panel, region: Region, design: PanelDesign
) -> tuple[StatisticEffects, ...] | NotApplicable:
    """Return effects on headcount, gap and severity over households."""
    if "below_line" not in panel.frame:
        reason = "the region has no line by year, or income is not at current prices"
        return NotApplicable("effects on poverty", reason)
    frame = panel.study.assign(**{LINE: panel.study["year"].map(region.line_by_year)})
    try:
        found = poverty_effects(frame, income="income_nominal", line=LINE, design=design)
    except Faults as faults:
        return not_applicable("effects on poverty", faults)
    columns = {name: shortfall(frame, "income_nominal", LINE, alpha) for alpha, name in NAMES.items()}
    return tested(frame.assign(**columns), {effect.index: effect.fit for effect in found}, panel, design)


def tested(
    rows: pd.DataFrame, fits: Mapping[str, Fit], panel: Panel, design: PanelDesign
) -> tuple[StatisticEffects, ...]:
    """Return the effects of each fit, each with its test; records of two years allow none."""
    try:
        leads = strict_exogeneity(rows, tuple(fits), design, HOUSEHOLD_YEAR)
    except Faults:
        leads = {}
    return tuple(
        StatisticEffects(
            name,
            float(rows[name].mean()),
            {
                instrument: TestedEffect(fit.estimate(instrument), leads[name][instrument] if leads else None)
                for instrument in panel.instruments
            },
        )
        for name, fit in fits.items()
    )


def kept_above(headcount: StatisticEffects, panel: Panel) -> tuple[Kept, ...]:
    """Return what effects on the headcount come to over all treatment given, where no test refutes them."""
    frame, found = panel.study, []
    for name, effect in headcount.effects.items():
        if not effect.refuted:
            total, estimate = float(frame[name].sum()), effect.estimate
            found.append(
                Kept(
                    name,
                    value=-estimate.estimate * total,
                    low=-estimate.conf_high * total,
                    high=-estimate.conf_low * total,
                    std_error=estimate.std_error * total,
                    treated=int((frame[name] > 0).sum()),
                )
            )
    return tuple(found)
