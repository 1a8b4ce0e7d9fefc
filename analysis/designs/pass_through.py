"""Other designs for subsidies: by labour, over townships, at reviews, with feedback weighted out."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.judged import judged_estimate
from analysis.designs.kinds import DesignEstimate, InstrumentDesigns
from analysis.designs.subsidies import bootstrap_rule, controls_of, fit_rule, rule_design, with_rule
from analysis.estimates.dynamics.marginal_structural import MarginalStructural, marginal_structural
from analysis.estimates.dynamics.treatment_paths import PathDesign
from analysis.estimates.effects import SEED
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.need_based.change_of_dose import ChangeOfDose, change_of_dose
from analysis.estimates.need_based.pass_through import PassThrough, pass_through
from analysis.estimates.need_based.predetermined import Predetermined, predetermined
from analysis.estimates.need_based.rule_factors import at_base
from analysis.panel.build import Panel
from analysis.region import Region

DRAWS = 9_999
DIP = (1, 2)
"""Years before a review whose income is held fixed."""


def fit_labour(rows: pd.DataFrame, panel: Panel) -> PassThrough:
    """Return pass-through of households with and without a worker in the first year."""
    first = {"entity": "household_id", "period": "year", "base": rows["year"].min()}
    workers = at_base(rows, column="workers", **first)
    return pass_through(
        rows.assign(able=(workers > 0).astype("float64").where(workers.notna())),
        outcome=panel.outcome,
        labour="able",
        **asdict(rule_design(panel, str(panel.fine_cluster))),
    )


def fit_review(rows: pd.DataFrame, panel: Panel, region: Region, lags: tuple[int, ...]) -> ChangeOfDose:
    """Return the effect of a review that moves the allowance, given income of `lags` years before it."""
    prices = rows["year"].map(region.price_index)
    return change_of_dose(
        rows.assign(allowance=rows["allowance"] / prices),
        outcome=panel.outcome,
        dose="subsidies",
        amount="allowance",
        entity="household_id",
        period="year",
        group="township_code",
        clusters=str(panel.fine_cluster),
        window=(0, 0),
        lags=lags,
    )


def fit_lagged(panel: Panel) -> Predetermined:
    """Return first differences with the amount of two years before as instrument."""
    return predetermined(
        panel.study,
        outcome=panel.outcome,
        dose="subsidies",
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        group=panel.coarse_cluster,
        controls=controls_of(panel),
    )


def fit_feedback(panel: Panel) -> MarginalStructural:
    """Return the effect with past income, to which amounts respond, weighted out."""
    history = tuple(dict.fromkeys((panel.outcome, *panel.controls)))
    design = PathDesign("household_id", "year", "subsidies", history, str(panel.fine_cluster), history)
    return marginal_structural(panel.study, panel.outcome, design, model="normal", lags=1)


def pass_through_designs(
    panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region, plausible: float
) -> InstrumentDesigns:
    """Return the designs beside the revision of amounts, each where the records allow it.

    Raises Faults where the ledger does not give the revision.
    """
    rows = with_rule(panel.study, tables["subsidies"])
    found = (
        attempted("By labour capacity", lambda: tuple(by_labour(fit_labour(rows, panel), plausible))),
        attempted("Bootstrap over townships", lambda: (over_townships(rows, panel, plausible),)),
        attempted(
            "Change at a review", lambda: (at_review(fit_review(rows, panel, region, ()), (), plausible),)
        ),
        attempted(
            "Change at a review, given two years before",
            lambda: (at_review(fit_review(rows, panel, region, DIP), DIP, plausible),),
        ),
        attempted("Marginal structural model", lambda: tuple(by_weights(fit_feedback(panel), plausible))),
        attempted("Lagged amounts", lambda: (by_lags(fit_lagged(panel), plausible),)),
    )
    return InstrumentDesigns(
        "subsidies",
        tuple(estimate for part in found if not isinstance(part, NotApplicable) for estimate in part),
        missing=tuple(part for part in found if isinstance(part, NotApplicable)),
    )


def by_labour(found: PassThrough, plausible: float) -> Iterator[DesignEstimate]:
    """Yield pass-through with and without labour, by the revision and by household effects."""
    says = "the revision of amounts, for households with and without a worker in the first year"
    revised = found.by_rule
    yield judged_estimate("able", "Revision, with labour", says, revised.able, plausible)
    yield judged_estimate("unable", "Revision, without labour", says, revised.unable, plausible)
    yield judged_estimate("labour_gap", "Revision, difference", says, revised.difference, plausible)
    says = "years with more subsidies against years with less, within the same households"
    within = found.by_effects
    yield judged_estimate("able_effects", "Household effects, with labour", says, within.able, plausible)
    label = "Household effects, without labour"
    yield judged_estimate("unable_effects", label, says, within.unable, plausible)


def over_townships(rows: pd.DataFrame, panel: Panel, plausible: float) -> DesignEstimate:
    """Return the revision with the Anderson-Rubin interval of the wild bootstrap over townships."""
    found = bootstrap_rule(rows, panel, draws=DRAWS, seed=SEED)
    estimate = replace(
        fit_rule(rows, panel.outcome, panel, str(panel.coarse_cluster)).effect,
        conf_low=found.conf_low,
        conf_high=found.conf_high,
        p_value=found.p_value,
        correction=f"Anderson-Rubin, {found.weights} weights, {found.draws} draws",
    )
    says = "the revision of amounts, interval by the wild bootstrap over townships, whatever the first stage"
    return judged_estimate("rule_bootstrap", "Revision, bootstrap over townships", says, estimate, plausible)


def at_review(found: ChangeOfDose, lags: tuple[int, ...], plausible: float) -> DesignEstimate:
    """Return the effect in the year of the review."""
    estimate = found.effects[0].estimate
    says = "households of one amount in one township, those whose review moved it against those who kept it"
    if lags:
        label = "Change at a review, given two years before"
        return judged_estimate("review_dip", label, says, estimate, plausible)
    return judged_estimate("review", "Change at a review", says, estimate, plausible)


def by_weights(found: MarginalStructural, plausible: float) -> Iterator[DesignEstimate]:
    """Yield the weighted effect, and what it would be without weights."""
    says = "households alike in the first year, weighted so that past income does not foretell the amount"
    weighted, plain = (fit.estimate("subsidies") for fit in (found.weighted, found.unweighted))
    yield judged_estimate("weighted", "Marginal structural model", says, weighted, plausible)
    yield judged_estimate("unweighted", "The same without weights", says, plain, plausible)


def by_lags(found: Predetermined, plausible: float) -> DesignEstimate:
    """Return the effect by lagged amounts, refused where errors correlate over two years."""
    says = "changes from year to year, foretold by the amount of two years before"
    judged = judged_estimate("lagged", "Lagged amounts as instruments", says, found.effect, plausible)
    if isinstance(found.serial, TestResult) and found.serial.p_value < 0.05:
        return replace(judged, refused="errors correlate over two years, so that the instrument is not valid")
    return judged
