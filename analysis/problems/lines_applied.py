"""The line by which each township includes households, how far the lines differ, and what townships say."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.designs.attempts import attempted
from analysis.designs.line_split import line_names
from analysis.estimates.discontinuity.break_line import Lines, find_lines
from analysis.estimates.discontinuity.step_spread import StepSpread, step_spread
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.regressors import Floats
from analysis.problems.slope import Slope

GRID = np.linspace(-0.3, 0.3, 301) - 1e-9
"""Distances from the official line that a township's line may have, shares of it.

An income that is exactly a share of the line is above a line at this share, whatever its last bit.
"""
NEAR = 0.25
"""Decisions on incomes this close to the official line tell how far the lines differ."""
LEAST = 2
"""Household-years on each side of every line tried."""
FEWEST = 4
ROUNDING = 0.02
"""Lines that differ less are not compared with anything: incomes are written down to the hundred."""
EQUAL = 0.01
"""Lines whose spread is no more than this share of the official line are called equal."""


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """Lines that townships state, as distances from the official line by township code.

    `unsaid` is how far what they do less what they say differs between them; `slope` is what they admit of
    each deviation from the official line, `correlation` that between deeds and words.
    """

    lines: pd.Series
    unsaid: StepSpread
    slope: Slope | NotApplicable
    correlation: float


@dataclass(frozen=True, slots=True, eq=False)
class LinesApplied:
    """Effective lines as distances from the official one, their spread, and the lines stated."""

    lines: Lines
    spread: StepSpread
    stated: Stated | NotApplicable


def lines_applied(
    rows: pd.DataFrame, answers: pd.DataFrame | None, official: float
) -> LinesApplied | NotApplicable:
    """Return the lines found in `rows` of the yearly screening, and those of the questionnaire.

    `official` is the line of the year of the questionnaire in yuan.
    """
    return attempted("effective lines", lambda: lines_of(rows, answers, official))


def lines_of(rows: pd.DataFrame, answers: pd.DataFrame | None, official: float) -> LinesApplied:
    """Return the lines; raises `Faults` where no decision was taken near the official line."""
    near = rows[rows["distance"].abs() < NEAR]
    found = find_lines(rows, **line_names(), least=LEAST)
    spread = step_spread(near, **line_names(), grid=GRID, tolerance=EQUAL)
    return LinesApplied(found, spread, stated_lines(near, spread, answers, official))


def stated_lines(
    near: pd.DataFrame, spread: StepSpread, answers: pd.DataFrame | None, official: float
) -> Stated | NotApplicable:
    """Return how what townships say stands to what they do."""
    if answers is None or "stated_line" not in answers:
        return NotApplicable("stated lines", "townships were not asked for their line")
    said = answers.set_index(answers["township_code"].astype(str))["stated_line"].dropna() / official - 1
    codes = pd.Index([str(group) for group in spread.groups])
    asked = codes.isin(said.index)
    if asked.sum() < FEWEST:
        return NotApplicable("stated lines", f"{asked.sum()} township(s) stated a line, fewer than {FEWEST}")
    rows = near[near["township_code"].astype(str).isin(said.index)]
    apart = rows["distance"] - rows["township_code"].astype(str).map(said)
    unsaid = step_spread(rows.assign(distance=apart), **line_names(), grid=GRID, tolerance=EQUAL)
    deeds, words = spread.spread.means[asked], said.loc[codes[asked]].to_numpy()
    return Stated(said, unsaid, admitted(deeds, words, spread), float(np.corrcoef(deeds, words)[0, 1]))


def admitted(deeds: Floats, words: Floats, spread: StepSpread) -> Slope | NotApplicable:
    """Return the slope of words on deeds with a jackknife interval, refused where deeds hardly differ.

    Deeds are the lines given all that the decisions say, so that their errors do not flatten the slope
    (regression calibration, Carroll et al. 2006).
    """
    if spread.spread.low <= ROUNDING:
        return NotApplicable("slope of words on deeds", "the lines do not surely differ")

    def slope(kept: Floats) -> float:
        covariance = np.cov(deeds[kept], words[kept])
        return float(covariance[0, 1] / covariance[0, 0])

    n = len(deeds)
    value = slope(np.ones(n, dtype=bool))
    without = np.array([slope(np.arange(n) != k) for k in range(n)])
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    reach = float(stats.t.ppf(0.975, n - 1) * error)
    return Slope(value, value - reach, value + reach, n)
