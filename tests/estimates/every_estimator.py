"""Every public estimator once, on one small panel or one row a unit: what the invariance tests run over.

Names of columns pass through `n`, so that a case runs on a frame whose columns are renamed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass

import numpy as np
import pandas as pd

from analysis.estimates.composition import composition
from analysis.estimates.concentration import concentration
from analysis.estimates.difference import (
    Comparison,
    before_after,
    difference_in_differences,
    treated_untreated,
)
from analysis.estimates.discontinuity.break_line import find_lines
from analysis.estimates.discontinuity.cross_fit import cross_fit_lines
from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.density import density_test
from analysis.estimates.discontinuity.donut import donut_estimates
from analysis.estimates.discontinuity.heaping import heaping
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.multi_cutoff import pool_cutoffs
from analysis.estimates.discontinuity.parametric import parametric_discontinuity
from analysis.estimates.discontinuity.placebo import placebo_cutoffs
from analysis.estimates.discontinuity.step_spread import step_spread
from analysis.estimates.discontinuity.weak_first_stage import weak_first_stage
from analysis.estimates.distribution.poverty_effects import poverty_effects
from analysis.estimates.distribution.quantile import quantile_effects
from analysis.estimates.distribution.rif_effects import rif_effects
from analysis.estimates.dynamics.dynamic_design import DynamicDesign, Regressor
from analysis.estimates.dynamics.earliest import earliest_spread
from analysis.estimates.dynamics.gmm import fit_dynamic
from analysis.estimates.dynamics.hazard import fit_hazard
from analysis.estimates.dynamics.marginal_structural import marginal_structural
from analysis.estimates.dynamics.nickell import nickell_warnings
from analysis.estimates.dynamics.spells import spells
from analysis.estimates.dynamics.treatment_paths import PathDesign
from analysis.estimates.floor import reachable_floor
from analysis.estimates.group_share import group_share
from analysis.estimates.inequality import inequality_indices
from analysis.estimates.inference.leave_one_out import leave_one_out
from analysis.estimates.inference.randomization import randomization
from analysis.estimates.inference.romano_wolf import Hypothesis, romano_wolf
from analysis.estimates.inference.rule import infer
from analysis.estimates.means import mean
from analysis.estimates.need_based.anderson_rubin import anderson_rubin
from analysis.estimates.need_based.change_of_dose import change_of_dose
from analysis.estimates.need_based.pass_through import pass_through
from analysis.estimates.need_based.predetermined import predetermined
from analysis.estimates.need_based.reassessment import rule_change
from analysis.estimates.need_based.rule_factors import at_base, exposure_at_base, rule_factors
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, LADDER, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_ladder, fit_panel
from analysis.estimates.poverty import poverty_indices
from analysis.estimates.rank_correlation import rank_correlation
from analysis.estimates.ratios import quotient, ratio
from analysis.estimates.scales.alpha import cronbach_alpha
from analysis.estimates.scales.omega import mcdonald_omega
from analysis.estimates.second_engine import fit_second
from analysis.estimates.sensitivity.attrition import Attrition
from analysis.estimates.sensitivity.lee import lee_bounds
from analysis.estimates.sensitivity.oster import oster
from analysis.estimates.sensitivity.placebo import placebo_dates, placebo_outcomes
from analysis.estimates.sensitivity.specification_axes import as_axes
from analysis.estimates.sensitivity.specification_curve import specification_curve
from analysis.estimates.staggered.dose import dose_effects
from analysis.estimates.staggered.goodman_bacon import goodman_bacon
from analysis.estimates.staggered.group_time import group_time
from analysis.estimates.staggered.imputation import imputation
from analysis.estimates.staggered.kinds import kind_effects
from analysis.estimates.staggered.leads import leads
from analysis.estimates.staggered.saturated import saturated
from analysis.estimates.staggered.two_way_weights import two_way_weights
from analysis.estimates.switching.age_limit import age_limit
from analysis.estimates.switching.dose_bins import dose_bins
from analysis.estimates.switching.expiry_path import expiry_path
from analysis.estimates.switching.forgone import forgone_income
from analysis.estimates.switching.gains_by_regime import gains_by_regime
from analysis.estimates.switching.instrumented import instrumented
from analysis.estimates.switching.spillover import saturation, spillover
from analysis.estimates.switching.switch_path import switch_path
from analysis.estimates.switching.switchers import switchers
from analysis.estimates.switching.term_expiry import term_expiry
from analysis.estimates.targeting import targeting
from analysis.estimates.theil_decomposition import decompose_theil
from analysis.estimates.threshold.band import find_band
from analysis.estimates.threshold.selection import select_thresholds
from analysis.estimates.threshold.spline import slope_curve
from analysis.estimates.threshold.threshold_regression import threshold_regression
from analysis.estimates.transitions import quantile_groups, transitions
from analysis.estimates.wild_bootstrap import wild_bootstrap
from tests.estimates.frames import panel, units

Names = Callable[[str], str]
POOLED = Specification("none", "common")
TOWNS = tuple(f"镇 {k:04d}" for k in range(6))


@dataclass(frozen=True)
class Case:
    """One estimator: `run(frame, n, controls)` on `rows`, and the columns it takes by the part they play.

    `shifts` says that no number of the result moves with a constant added to the outcome.
    """

    run: Callable[[pd.DataFrame, Names, tuple[str, ...]], object]
    numbers: tuple[str, ...]
    keys: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    rows: str = "panel"
    shifts: bool = True

    @property
    def frame(self) -> pd.DataFrame:
        """A frame that the case runs on."""
        return ROWS[self.rows].copy()

    @property
    def money(self) -> list[str]:
        """Columns in the unit of the outcome."""
        return [column for column in ("y", "y2", "income", "line", "pay") if column in self.numbers]

    def __call__(
        self, frame: pd.DataFrame, n: Names = str, controls: tuple[str, ...] | None = None
    ) -> object:
        return self.run(frame, n, self.controls if controls is None else controls)


ROWS = {"panel": panel(), "units": units()}


def numbers_in(result: object) -> Iterator[float]:
    """Every number of a result, in order; labels are text in these tables."""
    if is_dataclass(result):
        for field in fields(result):
            yield from numbers_in(getattr(result, field.name))
    elif isinstance(result, pd.DataFrame):
        yield from numbers_in([result.iloc[:, position] for position in range(result.shape[1])])
    elif isinstance(result, pd.Series):
        yield from numbers_in(result.to_numpy(dtype=object, na_value=None).tolist())
    elif isinstance(result, np.ndarray):
        yield from numbers_in(result.ravel().tolist())
    elif isinstance(result, dict):
        yield from numbers_in(list(result.values()))
    elif isinstance(result, tuple | list):
        for each in result:
            yield from numbers_in(each)
    elif isinstance(result, bool | int | float | np.number):
        yield float(result)


def found(
    case: Case, frame: pd.DataFrame, names: Names = str, controls: tuple[str, ...] | None = None
) -> np.ndarray:
    """Every number that a case finds on a frame."""
    chosen = case.controls if controls is None else controls
    return np.array(list(numbers_in(case(frame, names, tuple(map(names, chosen))))))


def near(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.isclose(left, right, rtol=1e-6, atol=1e-7, equal_nan=True)


def design(n: Names, controls: tuple[str, ...], *treatments: str) -> PanelDesign:
    return PanelDesign(n("unit"), n("year"), tuple(map(n, treatments)), controls, n("village"), n("town"))


def at_cutoff(n: Names, controls: tuple[str, ...], running: str = "score") -> CutoffDesign:
    return CutoffDesign(
        n("y"), n(running), n("unit"), treatment=n("takes"), clusters=n("village"), covariates=controls
    )


def named(n: Names, **columns: str) -> dict[str, str]:
    return {part: n(column) for part, column in columns.items()}


KEYS = ("unit", "year", "village")
PLACE = {"entity": "unit", "period": "year", "clusters": "village"}
ADOPTED = {"outcome": "y", **PLACE, "first_treated": "first"}
RULED = {"outcome": "y", "dose": "aid", "exposure": "grade", "factor": "factor", **PLACE, "group": "town"}
SOIL = {"outcome": "y", "regressor": "water", "threshold": "soil", **PLACE}
TERMS = {"outcome": "y", "dose": "posts", "cohort": "began", **PLACE}


def keyword(
    estimator: Callable[..., object],
    columns: dict[str, str],
    *numbers: str,
    controls: tuple[str, ...] = (),
    rows: str = "panel",
    shifts: bool = True,
    **options: object,
) -> Case:
    """A case of an estimator whose columns are keywords; `numbers` are the parts that hold numbers."""

    def run(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
        taken = {"controls": more} if controls else {}
        return estimator(frame, **named(n, **columns), **taken, **options)

    return Case(
        run,
        tuple(columns[part] for part in numbers),
        tuple(column for part, column in columns.items() if part not in numbers),
        controls,
        rows,
        shifts,
    )


def with_effects(estimator: Callable[..., object]) -> Callable[..., object]:
    """An estimator that takes its effects as sets of columns, with those of entity and period."""

    def run(frame: pd.DataFrame, entity: str, period: str, **columns: object) -> object:
        return estimator(frame, effects=((entity,), (period,)), entity=entity, **columns)

    return run


def regression(
    estimator: Callable[..., object],
    *treatments: str,
    shifts: bool = True,
    term: bool = False,
    specification: Specification | None = HOUSEHOLD_YEAR,
    **options: object,
) -> Case:
    """A case of an estimator of a panel design."""

    def run(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
        named_terms = (n(treatments[0]),) if term else ()
        specified = {} if specification is None else {"specification": specification}
        return estimator(frame, n("y"), design(n, more, *treatments), *named_terms, **specified, **options)

    return Case(run, ("y", *treatments), (*KEYS, "town"), ("x", "x2"), "panel", shifts)


def cutoff(
    estimator: Callable[..., object], *, controls: tuple[str, ...] = ("x",), **options: object
) -> Case:
    def run(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
        return estimator(frame, at_cutoff(n, more), **options)

    return Case(run, ("y", "score", "takes"), ("unit", "village"), controls, "units", shifts=False)


def curve(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
    axes = as_axes(
        {
            "unit": "a unit",
            "outcome": {"income": n("y")},
            "form": ["level", "log"],
            "tails": ["kept", "trimmed 1%"],
            "dose": {"level": {"column": n("dose")}, "before": {"column": n("dose"), "take": "lag"}},
            "effects": ["pooled", "household_year", "household_group_year"],
            "controls": {"none": [], "some": list(more)},
            "sample": {"all": {}, "balanced": {"balanced": True}},
        }
    )
    return specification_curve(frame, axes, **named(n, **PLACE, group="town"))


def dynamic(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
    regressors = (Regressor(n("dose"), "predetermined"), *(Regressor(x, "exogenous") for x in more))
    chosen = DynamicDesign(
        n("unit"), n("year"), regressors, clusters=n("village"), treatment=n("dose"), collapse=True
    )
    return fit_dynamic(frame, n("y"), chosen, equations="difference", steps=1)


def structural(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
    chosen = PathDesign(n("unit"), n("year"), n("poor"), more, n("village"))
    return marginal_structural(frame, n("y"), chosen, model="logit", lags=1)


def hazard(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
    at_risk = spells(frame, entity=n("unit"), period=n("year"), state=n("poor"))
    return fit_hazard(
        at_risk, covariates=more, entity=n("unit"), clusters=n("village"), link="cloglog", longest=2
    )


def family(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
    hypotheses = [Hypothesis(n(y), n("dose"), design(n, more, "dose")) for y in ("y", "y2")]
    return romano_wolf(frame, hypotheses, seed=1, draws=99)


def bounds(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
    attrition = Attrition(n("aided"), n("seen"), n("exit"), ("death",), n("village"))
    return lee_bounds(frame, n("income"), attrition, seed=1, draws=19)


def index(estimator: Callable[..., object], *columns: str, **options: object) -> Case:
    """A case of an index of a distribution, weighted by persons."""

    def run(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
        return estimator(frame, *map(n, columns), weights=n("persons"), clusters=n("village"), **options)

    return Case(run, (*columns, "persons"), ("village",), shifts=False)


def comparison(estimator: Callable[..., object], *keys: str, **options: object) -> Case:
    """A case of a comparison of means; keys and options are those of the estimator."""

    def run(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
        chosen = Comparison(n("y"), n("unit"), n("village"), more)
        columns = {part: n(COMPARED[part]) for part in keys}
        return estimator(frame, chosen, **columns, **options)

    return Case(run, ("y",), ("unit", "village", *(COMPARED[part] for part in keys)), ("x",), shifts=False)


def scale(estimator: Callable[..., object], **options: object) -> Case:
    """A case of the reliability of three items."""
    items = ("y", "y2", "pay")

    def run(frame: pd.DataFrame, n: Names, more: tuple[str, ...]) -> object:
        return estimator(frame, tuple(map(n, items)), **options)

    return Case(run, items)


COMPARED = {"treatment": "able", "treated": "able", "period": "year"}
EITHER_YEAR = {"before": 2011, "after": 2014}
CASES: dict[str, Case] = {
    "rank_correlation": keyword(rank_correlation, {"x": "dose", "y": "y"}, "x", "y", seed=1, draws=99),
    "cronbach_alpha": scale(cronbach_alpha),
    "mcdonald_omega": scale(mcdonald_omega, seed=1, draws=9),
    "fit_panel": regression(fit_panel, "dose"),
    "fit_panel, pooled": regression(fit_panel, "dose", specification=POOLED, shifts=False),
    "fit_ladder": regression(
        fit_ladder, "dose", specification=None, specifications=LADDER[2:3], shifts=False
    ),
    "fit_second": regression(fit_second, "dose"),
    "wild_bootstrap": regression(wild_bootstrap, "adopted", term=True, seed=1, draws=99),
    "randomization": regression(randomization, "adopted", term=True, seed=1, draws=99),
    "infer": regression(infer, "adopted", term=True, seed=1, draws=99),
    "leave_one_out": regression(leave_one_out, "dose", term=True),
    "romano_wolf": Case(family, ("y", "dose"), (*KEYS, "town"), ("x",)),
    "oster": regression(oster, "dose"),
    "quantile_effects": regression(
        quantile_effects, "dose", specification=POOLED, quantiles=(0.5,), shifts=False
    ),
    "rif_effects": regression(rif_effects, "dose", statistics=("mean", 0.5), seed=1, draws=5, shifts=False),
    "nickell_warnings": regression(nickell_warnings, "dose"),
    "placebo_outcomes": Case(
        lambda f, n, more: placebo_outcomes(f, (n("y2"),), design(n, more, "dose")),
        ("y2", "dose"),
        KEYS,
        ("x",),
    ),
    "poverty_effects": Case(
        lambda f, n, more: poverty_effects(f, income=n("y"), line=n("line"), design=design(n, more, "dose")),
        ("y", "line", "dose"),
        KEYS,
        ("x",),
        shifts=False,
    ),
    "specification_curve": Case(curve, ("y", "dose"), (*KEYS, "town"), ("x",), shifts=False),
    "placebo_dates": Case(
        lambda f, n, more: placebo_dates(
            f, n("y"), **named(n, **PLACE, first_treated="first"), moved=(1,), controls=more
        ),
        ("y", "first"),
        KEYS,
        ("x",),
    ),
    "imputation": keyword(imputation, ADOPTED, "outcome", "first_treated", "period", controls=("x",)),
    "group_time": keyword(group_time, ADOPTED, "outcome", "first_treated", "period", controls=("x",)),
    "saturated": keyword(saturated, ADOPTED, "outcome", "first_treated", "period", controls=("x",)),
    "leads": keyword(leads, ADOPTED, "outcome", "first_treated", "period", controls=("x",), number=2),
    "kind_effects": keyword(
        kind_effects, {**ADOPTED, "kind": "kind"}, "outcome", "first_treated", "period", controls=("x",)
    ),
    "dose_effects": keyword(
        dose_effects, {**ADOPTED, "dose": "grade"}, "outcome", "first_treated", "period", "dose"
    ),
    "goodman_bacon": keyword(
        goodman_bacon,
        {k: v for k, v in ADOPTED.items() if k != "clusters"},
        "outcome",
        "first_treated",
        "period",
    ),
    "two_way_weights": Case(
        lambda f, n, more: two_way_weights(
            f, n("y"), **named(n, treatment="dose", entity="unit", period="year")
        ),
        ("y", "dose"),
        ("unit", "year"),
    ),
    "rule_change": keyword(rule_change, RULED, "outcome", "dose", "exposure", "factor", controls=("x",)),
    "anderson_rubin": keyword(
        anderson_rubin, RULED, "outcome", "dose", "exposure", "factor", controls=("x",), seed=1, draws=99
    ),
    "pass_through": keyword(
        pass_through, {**RULED, "labour": "able"}, "outcome", "dose", "exposure", "factor", controls=("x",)
    ),
    "predetermined": keyword(
        predetermined, {"outcome": "y", "dose": "dose", **PLACE}, "outcome", "dose", controls=("x",)
    ),
    "change_of_dose": keyword(
        change_of_dose,
        {"outcome": "y", "dose": "aid", "amount": "amount", **PLACE, "group": "town"},
        "outcome",
        "dose",
        "amount",
        controls=("x",),
        window=(-1, 1),
        lags=(),
    ),
    "rule_factors": keyword(
        rule_factors,
        {"amount": "amount", "entity": "unit", "period": "year", "group": "town"},
        "amount",
        base=2011,
        at_least=2,
    ),
    "at_base": keyword(
        at_base, {"column": "amount", "entity": "unit", "period": "year"}, "column", base=2011
    ),
    "exposure_at_base": keyword(
        exposure_at_base,
        {"amount": "amount", "entity": "unit", "period": "year", "group": "town"},
        "amount",
        base=2011,
    ),
    "instrumented": keyword(
        with_effects(instrumented),
        {"outcome": "y", "dose": "aid", "instrument": "amount", **PLACE},
        "outcome",
        "dose",
        "instrument",
        controls=("x",),
    ),
    "gains_by_regime": keyword(
        with_effects(gains_by_regime),
        {"outcome": "y", "dose": "aid", "instrument": "amount", "regime": "kind", **PLACE},
        "outcome",
        "dose",
        "instrument",
        controls=("x",),
    ),
    "forgone_income": keyword(
        with_effects(forgone_income),
        {"outcome": "y", "pay": "pay", "regressor": "posts", **PLACE},
        "outcome",
        "pay",
        "regressor",
        controls=("x",),
    ),
    "term_expiry": keyword(
        term_expiry, {**TERMS, "scheduled": "held"}, "outcome", "dose", "scheduled", controls=("x",)
    ),
    "expiry_path": keyword(
        expiry_path,
        {**TERMS, "expiry": "ends"},
        "outcome",
        "dose",
        "expiry",
        "period",
        window=(-2, 1),
    ),
    "switchers": keyword(switchers, {"outcome": "y", "dose": "dose", **PLACE}, "outcome", "dose"),
    "switch_path": keyword(
        switch_path, {"outcome": "y", "dose": "dose", **PLACE}, "outcome", "dose", effects=2, placebos=1
    ),
    "dose_bins": keyword(
        dose_bins,
        {"outcome": "y", "dose": "dose", **PLACE},
        "outcome",
        "dose",
        controls=("x",),
        edges=(0, 1.5, 4),
    ),
    "saturation": keyword(saturation, {"dose": "dose", "place": "village", "period": "year"}, "dose"),
    "spillover": keyword(
        spillover,
        {"outcome": "y", "dose": "dose", "place": "village", **PLACE},
        "outcome",
        "dose",
        controls=("x",),
        without="now",
    ),
    "threshold_regression": keyword(
        threshold_regression, SOIL, "outcome", "regressor", "threshold", controls=("x",), seed=1, draws=19
    ),
    "select_thresholds": keyword(
        select_thresholds,
        SOIL,
        "outcome",
        "regressor",
        "threshold",
        controls=("x",),
        seed=1,
        draws=19,
        most=1,
    ),
    "slope_curve": keyword(
        slope_curve, SOIL, "outcome", "regressor", "threshold", controls=("x",), seed=1, points=7
    ),
    "find_band": keyword(
        find_band,
        SOIL,
        "outcome",
        "regressor",
        "threshold",
        controls=("x",),
        seed=1,
        draws=9,
        knots=3,
        cost=0.1,
    ),
    "fit_dynamic": Case(dynamic, ("y", "dose"), KEYS, ("x",), shifts=False),
    "marginal_structural": Case(structural, ("y", "poor"), KEYS, ("x",)),
    "fit_hazard": Case(hazard, ("poor",), KEYS, ("x",)),
    "lee_bounds": Case(bounds, ("income", "aided", "seen"), ("village",), rows="units"),
    "local_polynomial": cutoff(local_polynomial),
    "weak_first_stage": cutoff(weak_first_stage),
    "parametric_discontinuity": Case(
        lambda f, n, more: parametric_discontinuity(
            f, CutoffDesign(n("y"), n("score"), n("unit"), clusters=n("village"), covariates=more)
        ),
        ("y", "score"),
        ("unit", "village"),
        ("x",),
        "units",
        shifts=False,
    ),
    "donut_estimates": cutoff(donut_estimates, donuts=(0.5,)),
    "placebo_cutoffs": cutoff(placebo_cutoffs, cutoffs=(4.0,)),
    "pool_cutoffs": Case(
        lambda f, n, more: pool_cutoffs(
            f, at_cutoff(n, more, running="own"), **named(n, cutoff="limit", group="town")
        ),
        ("y", "own", "takes", "limit"),
        ("unit", "village", "town"),
        ("x",),
        "units",
        shifts=False,
    ),
    "density_test": keyword(density_test, {"running": "score"}, "running", rows="units"),
    "heaping": keyword(
        heaping,
        {"running": "score"},
        "running",
        rows="units",
        multiple=1.0,
        grain=0.01,
        cutoff=0.0,
        reach=5.0,
    ),
    "find_lines": keyword(
        find_lines,
        {"decision": "poor", "running": "score", "group": "town", "entity": "unit"},
        "decision",
        "running",
        rows="units",
    ),
    "step_spread": keyword(
        step_spread,
        {"decision": "poor", "running": "score", "group": "town", "entity": "unit"},
        "decision",
        "running",
        rows="units",
        grid=np.linspace(-10, 10, 41),
    ),
    "earliest_spread": keyword(
        earliest_spread,
        {"elapsed": "persons", "event": "poor", "kind": "kind", "group": "town"},
        "elapsed",
        "event",
        longest=8,
    ),
    "group_share": Case(
        lambda f, n, controls: group_share(f, outcome=n("y"), group=n("town"), like=(n("kind"),)),
        ("y",),
        ("town", "kind"),
    ),
    "group_share, nothing held": Case(
        lambda f, n, controls: group_share(f, outcome=n("y"), group=n("town"), like=()), ("y",), ("town",)
    ),
    "cross_fit_lines": keyword(
        cross_fit_lines,
        {"decision": "poor", "running": "score", "group": "town", "entity": "unit"},
        "decision",
        "running",
        rows="units",
        seed=1,
    ),
    "age_limit": keyword(
        age_limit,
        {"outcome": "y", "dose": "takes", "running": "age", "clusters": "village", "entity": "unit"},
        "outcome",
        "dose",
        "running",
        controls=("x",),
        rows="units",
        bandwidth=6,
    ),
    "before_after": comparison(before_after, "period", **EITHER_YEAR),
    "treated_untreated": comparison(treated_untreated, "treatment"),
    "difference_in_differences": comparison(difference_in_differences, "treated", "period", **EITHER_YEAR),
    "inequality_indices": index(inequality_indices, "y"),
    "poverty_indices": index(poverty_indices, "y", "line"),
    "mean": index(
        mean,
        "y",
    ),
    "composition": Case(
        lambda f, n, more: composition(f, (n("y"), n("y2")), weights=n("persons"), clusters=n("village")),
        ("y", "y2", "persons"),
        ("village",),
        shifts=False,
    ),
    "decompose_theil": Case(
        lambda f, n, more: decompose_theil(f, n("y"), n("town"), index="T", weights=n("persons")),
        ("y", "persons"),
        ("town",),
        shifts=False,
    ),
    "ratio": index(ratio, "y", "y2"),
    "quotient": Case(
        lambda f, n, more: quotient(f, n("pay"), n("dose"), n("poor"), clusters=n("village")),
        ("pay", "dose", "poor"),
        ("village",),
        shifts=False,
    ),
    "concentration": Case(
        lambda f, n, more: concentration(f, n("y"), n("town"), TOWNS),
        ("y",),
        ("town",),
        shifts=False,
    ),
    "targeting": Case(
        lambda f, n, more: targeting(
            f,
            need=n("line"),
            received=n("pay"),
            known=n("y"),
            budget=n("grade"),
            weights=n("persons"),
            clusters=n("village"),
        ),
        ("line", "pay", "y", "grade", "persons"),
        ("village",),
        shifts=False,
    ),
    "reachable_floor": Case(
        lambda f, n, more: reachable_floor(
            f, income=n("y"), paid=n("pay"), weights=n("persons"), clusters=n("village")
        ),
        ("y", "pay", "persons"),
        ("village",),
        shifts=False,
    ),
    "transitions": keyword(transitions, {"entity": "unit", "period": "year", "state": "poor"}),
    "quantile_groups": Case(
        lambda f, n, more: quantile_groups(f, n("y"), period=n("year"), groups=4, weights=n("persons")),
        ("y", "persons"),
        ("year",),
    ),
}
