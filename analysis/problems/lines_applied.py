"""The line by which each township includes households, how far the lines differ, and what townships say."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.designs.attempts import attempted
from analysis.designs.line_split import line_names
from analysis.estimates.discontinuity.break_line import Lines, find_lines
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.regressors import Floats
from analysis.estimates.spread import Spread, normal_likelihood, spread_between
from analysis.problems.slope import Slope

GRID = np.linspace(-0.5, 0.5, 201)
"""Distances from the official line that a township's line may have, shares of it."""
NARROWEST = 0.0025
"""The smallest standard error of a line: half a step of the grid."""
LEAST = 5
"""Household-years on each side of every line tried."""
FEWEST = 4
DIFFERING = 0.5
"""Lines of which less than this part of the variance is real are not compared with what is said."""


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """Lines that townships state, shares of the official line by township code.

    `unsaid` is the spread of what they do less what they say; `slope` what they admit of each deviation,
    `correlation` that between deeds and words.
    """

    lines: pd.Series
    unsaid: Spread
    slope: Slope | NotApplicable
    correlation: float


@dataclass(frozen=True, slots=True, eq=False)
class LinesApplied:
    """Effective lines as distances from the official one, their spread, and the lines stated."""

    lines: Lines
    spread: Spread
    stated: Stated | NotApplicable


def lines_applied(
    rows: pd.DataFrame, answers: pd.DataFrame | None, official: float
) -> LinesApplied | NotApplicable:
    """Return the lines found in `rows` of the yearly screening, and those of the questionnaire.

    `official` is the line of the year of the questionnaire in yuan.
    """
    name = "effective lines"
    found = attempted(name, lambda: find_lines(rows, **line_names(), least=LEAST))
    if isinstance(found, NotApplicable):
        return found
    if len(found.lines) < FEWEST:
        return NotApplicable(name, f"lines were found in {len(found.lines)} township(s), fewer than {FEWEST}")
    lines, errors = values_and_errors(found)
    spread = spread_between(normal_likelihood(lines.to_numpy(), errors, GRID), GRID)
    return LinesApplied(found, spread, stated_lines(lines, errors, answers, official))


def values_and_errors(found: Lines) -> tuple[pd.Series, Floats]:
    """Return lines by township code, and standard errors that belong to the width of their intervals."""
    codes = [str(line.group) for line in found.lines]
    width = np.array([line.conf_high - line.conf_low for line in found.lines])
    errors = np.maximum(width / (2 * stats.norm.ppf(0.975)), NARROWEST)
    return pd.Series([line.line for line in found.lines], index=codes), errors


def stated_lines(
    lines: pd.Series, errors: Floats, answers: pd.DataFrame | None, official: float
) -> Stated | NotApplicable:
    """Return how what townships say stands to what they do."""
    if answers is None or "stated_line" not in answers:
        return NotApplicable("stated lines", "townships were not asked for their line")
    said = answers.set_index(answers["township_code"].astype(str))["stated_line"].dropna() / official - 1
    both = lines.index.intersection(said.index)
    if len(both) < FEWEST:
        return NotApplicable("stated lines", f"{len(both)} township(s) stated a line, fewer than {FEWEST}")
    here = lines.index.isin(both)
    deeds, words = lines[here].to_numpy(), said.loc[lines.index[here]].to_numpy()
    unsaid = spread_between(normal_likelihood(deeds - words, errors[here], GRID), GRID)
    correlation = float(np.corrcoef(deeds, words)[0, 1])
    return Stated(said, unsaid, admitted(deeds, words, errors[here]), correlation)


def admitted(deeds: Floats, words: Floats, errors: Floats) -> Slope | NotApplicable:
    """Return the slope of words on deeds, corrected for the error of the deeds, with a jackknife interval.

    `cov(w, d) / (var(d) - mean se^2)` (Fuller 1987); refused where less than `DIFFERING` of the variance of
    deeds is real, since a slope on noise says nothing.
    """
    if not 1 - (errors**2).mean() / deeds.var(ddof=1) > DIFFERING:
        return NotApplicable("slope of words on deeds", "the lines do not differ enough from one another")

    def slope(kept: Floats) -> float:
        covariance = np.cov(deeds[kept], words[kept])
        return float(covariance[0, 1] / (covariance[0, 0] - (errors[kept] ** 2).mean()))

    n = len(deeds)
    value = slope(np.ones(n, dtype=bool))
    without = np.array([slope(np.arange(n) != k) for k in range(n)])
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    reach = float(stats.t.ppf(0.975, n - 1) * error)
    return Slope(value, value - reach, value + reach, n)
