"""Effects by bin of a dose, against none, and whether they are in proportion to it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.results import Fit
from analysis.estimates.switching.absorbed_fit import Regression, least_squares
from analysis.estimates.switching.absorption import AbsorbedDesign, Effects, absorbed
from analysis.faults import Fault, Faults

LINEARITY = "proportionality"
ESTIMATOR = "household effects, bins of the dose"


@dataclass(frozen=True, slots=True)
class DoseBins:
    """Effects of being in a bin against none; `means` and `counts` are mean dose and rows of each bin.

    `linearity` does not apply with a single bin.
    """

    fit: Fit
    means: tuple[float, ...]
    counts: tuple[int, ...]
    linearity: TestResult | NotApplicable

    def per_unit(self) -> tuple[float, ...]:
        """Return effects over mean doses, in units of the outcome per unit of dose."""
        return tuple(e.estimate / mean for e, mean in zip(self.fit.estimates, self.means, strict=True))


def bin_name(dose: str, low: float, high: float) -> str:
    """Return the name of a bin, e.g. `months (6, 12]`."""
    return f"{dose} ({low:g}, {high:g}]"


def check_bins(frame: pd.DataFrame, dose: str, edges: tuple[float, ...]) -> None:
    """Raise `Faults` for edges that do not rise from zero, doses beyond them, and empty bins."""
    faults = column_faults(frame, (dose,), ())
    if not faults and (len(edges) < 2 or edges[0] != 0 or any(b <= a for a, b in pairwise(edges))):
        faults.append(Fault("edges", str(edges), "rising numbers from 0", "for example (0, 6, 12)"))
    if not faults:
        values = frame[dose].dropna()
        beyond = int(((values < 0) | (values > edges[-1])).sum())
        if beyond:
            found = f"{beyond} value(s) outside [0, {edges[-1]:g}]"
            faults.append(Fault(where(dose), found, "doses inside the edges", "add an edge"))
        faults += [
            Fault(
                where(dose), f"no row in ({low:g}, {high:g}]", "rows in each bin", "join it to the next one"
            )
            for low, high in pairwise(edges)
            if not ((values > low) & (values <= high)).any()
        ]
        if not (values == 0).any():
            faults.append(Fault(where(dose), "no row with dose 0", "rows without dose", "add untreated rows"))
    if faults:
        raise Faults(faults)


def linearity_of(fit: Fit, bent: tuple[str, ...], dose: str) -> TestResult:
    """Return the Wald test that the coefficients of `bent` are zero, as F."""
    values = np.array([fit.estimate(term).estimate for term in bent])
    covariance = fit.covariance.loc[list(bent), list(bent)].to_numpy()
    statistic = float(values @ np.linalg.solve(covariance, values)) / len(bent)
    df_resid = fit.estimates[0].df_resid
    return TestResult(
        name=LINEARITY,
        null=f"effects are in proportion to {dose}",
        statistic=statistic,
        df=len(bent),
        p_value=float(stats.f.sf(statistic, len(bent), df_resid)),
        distribution=f"F({len(bent)}, {df_resid})",
    )


def dose_bins(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    edges: tuple[float, ...],
    entity: str,
    period: str,
    clusters: str,
    group: str | None = None,
    controls: tuple[str, ...] = (),
    level: float = 0.95,
) -> DoseBins:
    """Return effects of doses in `(edges[j], edges[j+1]]` against none, and the test of proportionality.

    `y_it = sum_j b_j 1[d_it in bin j] + x_it'c + a_i + d_t (or d_gt) + e_it`. Linearity is tested by
    `y_it = b d_it + sum_{j>1} g_j 1[d_it in bin j] + ...`, all `g_j = 0`, with F(bins - 1, clusters - 1).
    For months, wages, or any dose. Raises `Faults` as `absorbed` does, and for edges that do not fit.
    """
    frame = plain(frame)
    check_bins(frame, dose, edges)
    bins = tuple(bin_name(dose, low, high) for low, high in pairwise(edges))
    d = frame[dose]
    columns = {
        name: ((d > low) & (d <= high)).astype("float64")
        for name, (low, high) in zip(bins, pairwise(edges), strict=True)
    }
    rows = frame.assign(**columns)
    effects: Effects = ((entity,), (period,) if group is None else (group, period))
    left = absorbed(rows, AbsorbedDesign((outcome, dose, *bins), effects, clusters, entity, controls))
    treated = left.rows[dose] != 0
    fit = least_squares(left, Regression(outcome, bins, ESTIMATOR), treated=treated, level=level)
    linearity: TestResult | NotApplicable = NotApplicable(LINEARITY, "there is a single bin")
    if len(bins) > 1:
        bent = Regression(outcome, (dose, *bins[1:]), ESTIMATOR)
        linearity = linearity_of(least_squares(left, bent, treated=treated, level=level), bins[1:], dose)
    held = [left.rows.loc[left.rows[name] == 1, dose] for name in bins]
    return DoseBins(fit, tuple(float(v.mean()) for v in held), tuple(len(v) for v in held), linearity)
