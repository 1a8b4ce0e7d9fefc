"""Running sums against every candidate's own regression, exact recovery, and who is counted in trimming."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.threshold.balanced import ThresholdDesign, balanced_panel
from analysis.estimates.threshold.search import grid_of, sequential
from analysis.estimates.threshold.threshold_regression import threshold_regression
from analysis.faults import Faults

DESIGN = ThresholdDesign("answer", "water", "soil", "farm", "the year", clusters="valley")


@pytest.fixture(scope="module")
def searched(panel):
    """A panel of 24 farms, half of its water zero, soil with ties."""
    frame = panel(lambda soil: 1 + (soil > 4), n=24, years=4)
    frame["water"] *= frame.index % 2
    frame["soil"] = frame["soil"].round(1)
    return grid_of(balanced_panel(frame, DESIGN), None, 0.1)


def by_least_squares(searched, taken: tuple[int, ...]) -> np.ndarray:
    """The sum of squares with one more threshold at each candidate, dummies of farms and years."""
    rows = searched.panel.rows
    effects = pd.get_dummies(rows[["farm", "the year"]].astype(str), dtype=float).to_numpy()
    y, water, soil = (rows[name].to_numpy() for name in ("answer", "water", "soil"))

    def squares(cuts: list[float]) -> float:
        matrix = np.column_stack([effects, water, *(water * (soil <= cut) for cut in cuts)])
        return float(np.square(y - matrix @ np.linalg.lstsq(matrix, y, rcond=None)[0]).sum())

    fixed = [searched.candidates[place] for place in taken]
    return np.array([squares([*fixed, cut]) for cut in searched.candidates])


@pytest.mark.parametrize("taken", [(), (20,), (12, 25)])
def test_sums_of_squares_are_those_of_dummies_at_every_candidate(searched, taken):
    y = searched.panel.column("answer")
    left = searched.residuals(y[:, None], taken)
    found = np.square(left).sum() - searched.reductions(left, taken)[:, 0]
    usable = searched.allowed(taken)
    assert found[usable] == pytest.approx(by_least_squares(searched, taken)[usable], rel=1e-10)


def test_rows_with_a_zero_regressor_are_not_counted_in_trimming(searched):
    rows = searched.panel.rows
    telling = rows.loc[rows["water"] != 0, "soil"].to_numpy()
    share = np.array([(telling <= cut).mean() for cut in searched.candidates])
    assert searched.share_below == pytest.approx(share)
    assert share.min() >= 0.1
    assert share.max() <= 0.9


def test_every_distinct_value_between_the_trimmed_shares_is_a_candidate(searched):
    rows = searched.panel.rows
    telling = rows.loc[rows["water"] != 0, "soil"].to_numpy()
    every = [cut for cut in np.unique(telling) if 0.1 <= (telling <= cut).mean() <= 0.9]
    assert searched.candidates.tolist() == every


def test_three_thresholds_and_four_slopes_are_exact_without_noise(panel, columns):
    slopes, cuts = np.array([1.0, 3.0, -2.0, 0.5]), np.array([2.0, 5.0, 7.5])
    frame = panel(lambda soil: slopes[np.searchsorted(cuts, soil, side="left")], noise=0.0)
    found = threshold_regression(frame, thresholds=3, seed=1, draws=19, **columns)
    # the estimate of a threshold is the largest value below it
    below = [frame.loc[frame["soil"] <= cut, "soil"].max() for cut in cuts]
    assert [threshold.value for threshold in found.thresholds] == below
    assert [slope.estimate for slope in found.slopes] == pytest.approx(slopes, abs=1e-8)
    assert [test.p_value for test in found.tests] == [0.05, 0.05, 0.05]


def test_no_refined_threshold_can_be_moved_alone(panel):
    frame = panel(lambda soil: np.sin(soil))
    searched = grid_of(balanced_panel(frame, DESIGN), None, 0.05)
    y = searched.panel.column("answer")
    last = sequential(searched, y, 3)[-1]
    for place in last:
        others = tuple(other for other in last if other != place)
        assert searched.reductions(searched.residuals(y[:, None], others), others)[:, 0].argmax() == place


def test_no_quantiles_are_refused(panel, columns):
    with pytest.raises(Faults, match="1 or more quantiles, or None"):
        threshold_regression(panel(np.sqrt), seed=1, grid=0, **columns)
