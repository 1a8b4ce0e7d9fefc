"""What could move an effect without a trace in it: unobserved selection, other causes, exits."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.posts import fit_schedule, with_schedule
from analysis.designs.projects import impute
from analysis.designs.sensitivity_kinds import Threat, Tried, of_estimate
from analysis.designs.subsidies import fit_rule, with_rule
from analysis.estimates.effects import SEED, Effects
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Estimate
from analysis.estimates.sensitivity.attrition import Attrition
from analysis.estimates.sensitivity.lee import LeeBounds, lee_bounds
from analysis.estimates.sensitivity.oster import oster
from analysis.panel.build import Panel
from analysis.region_file import Instrument

PLACEBO = "income_pensions"
DEATH = "death"
DRAWS = 499


def selection(instrument: Instrument, panel: Panel, effects: Effects) -> Tried:
    """Return the effect if the unobserved selects as the controls do, and the selection that undoes it."""
    others = tuple(name for name in panel.instruments if name != instrument)
    design = replace(effects.design, treatments=(instrument,), controls=(*panel.controls, *others))
    found = oster(panel.study, panel.outcome, design, effects.headline)
    away = "controls move the estimate away from zero, so only selection of the other sign would undo it"
    strong = "the unobserved would have to select more strongly than the controls"
    weak = "selection weaker than that on the controls would undo it"
    says = away if found.delta < 0 else strong if found.delta > 1 else weak
    return (
        Threat(
            "oster.adjusted",
            "Panel regression, the unobserved selecting as the controls",
            found.adjusted,
            "effect",
            "the effect if what is not observed is related to treatment as strongly as the controls",
            n_obs=found.n_obs,
        ),
        Threat(
            "oster.delta",
            "Selection on the unobserved that undoes the effect",
            found.delta,
            "multiple",
            says,
            n_obs=found.n_obs,
        ),
    )


def placebo_outcomes(
    designs: InstrumentDesigns, panel: Panel, tables: Mapping[str, pd.DataFrame], effects: Effects
) -> Tried:
    """Return the effects on pensions, which follow from age alone."""
    if PLACEBO not in panel.sources:
        return (NotApplicable("Effect on pensions", "income is not known by source"),)
    instrument = designs.instrument
    regression = effects.fit(PLACEBO).estimate(instrument)
    found: Tried = (placebo("placebo.regression", "Panel regression, effect on pensions", regression),)
    if designs.primary is None:
        return found
    by_design = design_effect(instrument, panel, tables)
    return (placebo("placebo.design", "Primary design, effect on pensions", by_design), *found)


def design_effect(instrument: Instrument, panel: Panel, tables: Mapping[str, pd.DataFrame]) -> Estimate:
    """Return the effect on pensions by the primary design of an instrument."""
    match instrument:
        case "posts":
            rows = with_schedule(panel.study, tables["posts"])
            return fit_schedule(rows, PLACEBO, panel).effect
        case "subsidies":
            rows = with_rule(panel.study, tables["subsidies"])
            return fit_rule(rows, PLACEBO, panel, str(panel.fine_cluster)).effect
        case "projects":
            return impute(panel.study, panel, PLACEBO).overall


def placebo(key: str, label: str, estimate: Estimate) -> Threat:
    """Return an effect that must be zero, with whether it is."""
    holds = estimate.conf_low <= 0 <= estimate.conf_high
    says = "must be zero, and the interval holds zero" if holds else "must be zero, and is not: it fails"
    return of_estimate(key, label, estimate, "effect", says)


def exits(instrument: Instrument, panel: Panel, members: pd.DataFrame) -> Tried:
    """Return bounds of the difference in income growth that exits other than death leave, and deaths."""
    attrition = Attrition(instrument, "observed", "exit", (DEATH,), str(panel.fine_cluster))
    found = lee_bounds(exit_rows(instrument, panel, members), "growth", attrition, seed=SEED, draws=DRAWS)
    return tuple(exit_threats(found))


def exit_threats(found: LeeBounds) -> list[Threat]:
    """Return both bounds and the difference in deaths as threats."""
    label = "Income growth, reached less unreached"
    says = f"right if {found.monotonicity}"
    threats = [
        of_estimate("lee.lower", f"{label}: lower Lee bound", found.lower, "outcome", says),
        of_estimate("lee.upper", f"{label}: upper Lee bound", found.upper, "outcome", "the same"),
    ]
    if found.death_difference is not None:
        says = "death is an exit of its own, which the bounds leave aside"
        label = "Share that died, reached less unreached"
        threats.append(of_estimate("lee.deaths", label, found.death_difference, "share", says))
    return threats


def exit_rows(instrument: Instrument, panel: Panel, members: pd.DataFrame) -> pd.DataFrame:
    """Return one row a household seen in the first and the middle year.

    The instrument is 1 where it reached the household by the middle year, `growth` the change of the outcome
    from the first to the last year, `observed` whether it is seen in the last, `exit` why not: how the last
    of its members left.
    """
    frame = panel.study
    first, last = int(frame["year"].min()), int(frame["year"].max())
    middle = (first + last) // 2
    outcome = frame.set_index(["household_id", "year"])[panel.outcome].unstack("year")  # noqa: PD010
    seen = outcome.index[outcome[first].notna() & outcome[middle].notna()]
    early = frame[frame["year"] <= middle].groupby("household_id")
    left = members[members["left_year"].notna()].sort_values(["household_id", "left_year"], kind="stable")
    reasons = left.groupby("household_id")["left_reason"].last().astype("object").reindex(seen)
    observed = outcome.loc[seen, last].notna()
    rows = pd.DataFrame(
        {
            instrument: (early[instrument].max() > 0).reindex(seen).astype("float64"),
            "growth": outcome.loc[seen, last] - outcome.loc[seen, first],
            "observed": observed.astype("int64"),
            "exit": reasons.mask(observed),
            str(panel.fine_cluster): early[str(panel.fine_cluster)].first().reindex(seen),
        }
    )
    return rows.reset_index()
