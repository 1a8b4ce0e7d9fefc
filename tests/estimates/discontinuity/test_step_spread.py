"""How far lines differ, where the answer is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.discontinuity.break_line import find_lines
from analysis.estimates.discontinuity.step_spread import step_spread

NAMES = {"decision": "taken", "running": "score", "group": "town", "entity": "unit"}
GRID = np.linspace(-2, 2, 81)


def decisions(lines: list[float], seed: int = 1) -> pd.DataFrame:
    """Scores over [-2, 2]; 0.9 of those below the town's line are taken, 0.05 of the others."""
    rng = np.random.default_rng(seed)
    town = np.repeat(np.arange(len(lines)), 60)
    score = rng.uniform(-2, 2, len(town))
    rate = np.where(score < np.array(lines)[town], 0.9, 0.05)
    taken = (rng.random(len(town)) < rate).astype(float)
    return pd.DataFrame({"taken": taken, "score": score, "town": town, "unit": np.arange(len(town))})


def test_lines_that_differ_are_told_apart_with_their_spread_and_rates():
    lines = np.linspace(-1, 1, 12)
    found = step_spread(decisions(lines.tolist()), grid=GRID, **NAMES)
    assert found.spread.low < lines.std() < found.spread.high
    assert found.spread.p_equal < 1e-6
    assert np.abs(found.spread.means - lines).max() < 0.3
    assert (found.rate_below, found.rate_above) == (
        pytest.approx(0.9, abs=0.05),
        pytest.approx(0.05, abs=0.03),
    )


def test_equal_lines_have_no_spread():
    found = step_spread(decisions(12 * [0.2]), grid=GRID, **NAMES)
    assert found.spread.low == 0
    assert found.spread.p_equal > 0.05


def test_perfect_decisions_give_the_gap_around_the_line():
    scores = [1 / 3, 2 / 3, 1.0, 4 / 3, 5 / 3, 2.0, 7 / 3]
    frame = pd.DataFrame({"taken": [1, 1, 1, 0, 0, 0, 0], "score": scores, "town": "a", "unit": range(7)})
    (line,) = find_lines(frame, least=1, **NAMES).lines
    assert (line.line, line.conf_low, line.conf_high) == (4 / 3, 1.0, 4 / 3)
