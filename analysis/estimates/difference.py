"""Comparisons of means: before and after, treated and untreated, differences in differences."""

from dataclasses import dataclass

import pandas as pd
from statsmodels.regression.linear_model import OLS, RegressionResultsWrapper
from statsmodels.tools.tools import add_constant

from analysis.estimates.column_checks import column_faults, plain, unknown_columns, where
from analysis.estimates.panel_sample import codes, complete_rows
from analysis.estimates.regressors import CONSTANT, refuse_collinear
from analysis.estimates.results import Fit, Inference, estimates_of
from analysis.estimates.small_sample import CLASSICAL, CLUSTERED
from analysis.faults import Fault, Faults

AFTER = "after"
INTERACTION = "treated × after"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Column names of a comparison of means; `entity` only counts households."""

    outcome: str
    entity: str
    clusters: str | None = None
    controls: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns named."""
        clusters = () if self.clusters is None else (self.clusters,)
        return (self.outcome, *self.controls, self.entity, *clusters)


def check_comparison(frame: pd.DataFrame, comparison: Comparison, others: tuple[str, ...]) -> None:
    """Raise `Faults` for columns that are unknown, reserved, not numeric, and for a single cluster."""
    used = (*comparison.columns, *others)
    keys = (comparison.entity, *(() if comparison.clusters is None else (comparison.clusters,)))
    faults = unknown_columns(frame, others) + column_faults(
        frame,
        (comparison.outcome, *comparison.controls),
        keys,
        outcomes=(comparison.outcome,),
        clusters=comparison.clusters,
    )
    faults += [
        Fault(where(name), "the name is that of a term of the result", "another name", "rename the column")
        for name in (AFTER, INTERACTION, CONSTANT)
        if name in used
    ]
    if faults:
        raise Faults(faults)


def binary(frame: pd.DataFrame, treatment: str) -> pd.Series:
    """Return a 0/1 column as floats; raises `Faults` if it holds anything else, or one value only."""
    values = set(frame[treatment].dropna().unique().tolist())
    if values != {0, 1}:
        shown = ", ".join(map(str, sorted(values, key=str)[:5]))
        raise Faults(
            [
                Fault(
                    where(treatment),
                    f"values {shown}",
                    "0 and 1, both present",
                    "recode it, or widen the sample",
                )
            ]
        )
    return frame[treatment].astype("float64")


def two_periods(frame: pd.DataFrame, period: str, before: object, after: object) -> pd.DataFrame:
    """Return the rows of two periods; raises `Faults` if one of them is not there."""
    faults = [
        Fault(where(period), f"no row in period {label!r}", "a period of the panel", "choose another period")
        for label in (before, after)
        if not (frame[period] == label).any()
    ]
    if faults:
        raise Faults(faults)
    return frame[frame[period].isin([before, after])]


def least_squares(used: pd.DataFrame, comparison: Comparison, x: pd.DataFrame) -> RegressionResultsWrapper:
    """Fit `y = X b + e`; with clusters the covariance has the factor `G/(G-1) (n-1)/(n-K)`."""
    model = OLS(used[comparison.outcome].astype("float64"), x)
    if comparison.clusters is None:
        return model.fit()
    grouped = {"groups": codes(used[comparison.clusters]), "use_correction": True}
    return model.fit(cov_type="cluster", cov_kwds=grouped)


def inference_of(used: pd.DataFrame, comparison: Comparison, n_terms: int) -> Inference:
    """Return what the estimates say of their sample."""
    n_clusters = None if comparison.clusters is None else int(used[comparison.clusters].nunique())
    return Inference(
        n_obs=len(used),
        n_entities=int(used[comparison.entity].nunique()),
        n_clusters=n_clusters,
        df_resid=len(used) - n_terms if n_clusters is None else n_clusters - 1,
        clusters=comparison.clusters,
        correction=CLASSICAL if n_clusters is None else CLUSTERED,
    )


def regress(rows: pd.DataFrame, comparison: Comparison, terms: list[str], estimator: str) -> Fit:
    """Regress the outcome on terms and controls with the house's correction, missing values counted."""
    terms = [*terms, *comparison.controls]
    used = rows[list(dict.fromkeys([*comparison.columns, *terms]))]
    used, dropped = complete_rows(used, tuple(used.columns))
    x = add_constant(used[terms].astype("float64"), has_constant="add")
    refuse_collinear(x, tuple(terms))
    result = least_squares(used, comparison, x)
    return Fit(
        outcome=comparison.outcome,
        estimator=estimator,
        engine="statsmodels",
        estimates=estimates_of(
            result.params,
            result.cov_params(),
            inference_of(used, comparison, len(result.params)),
            outcome=comparison.outcome,
            estimator=estimator,
            engine="statsmodels",
        ),
        covariance=result.cov_params(),
        r2=float(result.rsquared),
        dropped=tuple(dropped),
    )


def before_after(
    frame: pd.DataFrame, comparison: Comparison, *, period: str, before: object, after: object
) -> Fit:
    """Compare two periods: the term `after` is the change of the mean, with no comparison group."""
    frame = plain(frame)
    check_comparison(frame, comparison, (period,))
    rows = two_periods(frame, period, before, after)
    rows = rows.assign(**{AFTER: (rows[period] == after).astype("float64")})
    return regress(rows, comparison, [AFTER], "before-after")


def treated_untreated(frame: pd.DataFrame, comparison: Comparison, *, treatment: str) -> Fit:
    """Compare treated with untreated rows: an effect only if treatment was assigned at random."""
    frame = plain(frame)
    check_comparison(frame, comparison, (treatment,))
    rows = frame.assign(**{treatment: binary(frame, treatment)})
    return regress(rows, comparison, [treatment], "treated-untreated")


def difference_in_differences(
    frame: pd.DataFrame, comparison: Comparison, *, treated: str, period: str, before: object, after: object
) -> Fit:
    """Compare changes: `treated × after` is `(y11 - y10) - (y01 - y00)` without controls.

    `treated` is 1 in both periods for those who are treated in the second.
    """
    frame = plain(frame)
    check_comparison(frame, comparison, (treated, period))
    rows = two_periods(frame, period, before, after)
    is_treated = binary(rows, treated)
    is_after = (rows[period] == after).astype("float64")
    rows = rows.assign(**{treated: is_treated, AFTER: is_after, INTERACTION: is_treated * is_after})
    return regress(rows, comparison, [treated, AFTER, INTERACTION], "difference in differences")
