import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from analysis.estimates.sensitivity.attrition import Attrition
from analysis.estimates.sensitivity.lee import NEVER_LEAVE, NEVER_STAY, imbens_manski, lee_bounds
from analysis.faults import Faults

ATTRITION = Attrition("treated", "seen", "exit", ("death",), "village")


def survey(treated: list[float | str], untreated: list[float | str]) -> pd.DataFrame:
    """One row a household: its income if seen, else the reason why not; villages of two."""
    rows = [
        {
            "treated": side,
            "seen": int(not isinstance(value, str)),
            "income": np.nan if isinstance(value, str) else value,
            "exit": value if isinstance(value, str) else None,
        }
        for side, values in ((1, treated), (0, untreated))
        for value in values
    ]
    return pd.DataFrame(rows).assign(village=lambda frame: frame.index // 2)


def test_bounds_of_five_and_five_by_hand():
    # all 5 treated seen, 4 of 5 untreated: trim 1/5 of the treated, one value.
    frame = survey([1, 2, 3, 4, 5], [1, 2, 3, 2, "moved"])
    found = lee_bounds(frame, "income", ATTRITION_WITHOUT_DEATH, seed=1, draws=20)
    # lower: (1+2+3+4)/4 - 2 = 0.5; upper: (2+3+4+5)/4 - 2 = 1.5
    assert (found.lower.estimate, found.upper.estimate) == pytest.approx((0.5, 1.5))
    assert found.trimmed.share == pytest.approx(0.2)
    assert found.monotonicity == NEVER_LEAVE
    assert found.death_difference is None


ATTRITION_WITHOUT_DEATH = Attrition("treated", "seen", "exit", (), "village")


def test_a_marginal_value_is_trimmed_in_part():
    # all 4 treated seen, 2 of 3 untreated: keep 2/3 of 4 values = 2.667 of them
    frame = survey([1, 2, 3, 6], [2, 4, "moved"])
    found = lee_bounds(frame, "income", ATTRITION_WITHOUT_DEATH, seed=1, draws=20)
    # lower: (1 + 2 + 2/3 * 3) / (8/3) = 1.875 less 3; upper: (6 + 3 + 2/3 * 2) / (8/3) = 3.875 less 3
    assert (found.lower.estimate, found.upper.estimate) == pytest.approx((-1.125, 0.875))


def test_where_the_treated_leave_more_the_untreated_are_trimmed():
    frame = survey([2, 3, 4, "moved"], [1, 2, 3, 10])
    found = lee_bounds(frame, "income", ATTRITION_WITHOUT_DEATH, seed=1, draws=20)
    # treated mean 3; three of four untreated: highest 5, lowest 2
    assert (found.lower.estimate, found.upper.estimate) == pytest.approx((3 - 5, 3 - 2))
    assert found.monotonicity == NEVER_STAY


def test_the_dead_are_left_out_of_the_comparison_and_reported_beside():
    living = survey([1, 2, 3, 4, 5], [1, 2, 3, 2, "moved"])
    dead = survey(["death"], ["death", "death", "death"])
    frame = pd.concat([living, dead], ignore_index=True).assign(village=lambda f: f.index // 2)
    found = lee_bounds(frame, "income", ATTRITION, seed=1, draws=20)
    assert (found.lower.estimate, found.upper.estimate) == pytest.approx((0.5, 1.5))
    # 1 of 6 treated and 3 of 8 untreated died
    assert found.death_difference.estimate == pytest.approx(1 / 6 - 3 / 8)
    assert found.arms["death_share"].tolist() == pytest.approx([3 / 8, 1 / 6])
    assert found.arms["observed_share"].tolist() == pytest.approx([4 / 5, 1])
    # as attrition like any other, deaths would have changed the bounds
    mixed = lee_bounds(frame, "income", ATTRITION_WITHOUT_DEATH, seed=1, draws=20)
    assert mixed.trimmed.share == pytest.approx(1 - (4 / 8) / (5 / 6))


def test_without_attrition_both_bounds_are_the_difference_of_means():
    frame = survey([1, 2, 6, 7], [1, 2, 3, 2])
    found = lee_bounds(frame, "income", ATTRITION_WITHOUT_DEATH, seed=1, draws=50)
    assert found.lower.estimate == found.upper.estimate == pytest.approx(2.0)
    # a point: Imbens and Manski's interval is the usual one
    reach = norm.ppf(0.975) * found.lower.std_error
    assert (found.conf_low, found.conf_high) == pytest.approx((2 - reach, 2 + reach))


def test_the_interval_of_a_wide_set_is_one_sided_at_each_end():
    # Phi(c + 100) - Phi(-c) = 0.95 gives c = 1.6449
    assert imbens_manski(0, 100, 1, 1, 0.95) == pytest.approx((-1.6449, 101.6449), abs=1e-4)


def attrited(seed: int, n: int, villages: int) -> pd.DataFrame:
    """Effect 1 for all; of the untreated, a quarter leaves: those with the lowest type."""
    random = np.random.default_rng(seed)
    kind = random.normal(size=n)
    frame = pd.DataFrame({"village": random.integers(villages, size=n)})
    frame["treated"] = random.integers(2, size=n)
    stays = (kind > norm.ppf(0.25)) | (frame["treated"] == 1)
    frame["seen"] = stays.astype(int)
    frame["income"] = (kind + frame["treated"]).where(stays)
    frame["exit"] = np.where(stays, None, "moved")
    return frame


def test_planted_selection_is_bounded_and_the_upper_bound_is_sharp():
    frame = attrited(1, 20_000, 400)
    found = lee_bounds(frame, "income", ATTRITION_WITHOUT_DEATH, seed=2, draws=100)
    # those who would always stay are the upper three quarters: the upper bound is the effect itself
    assert found.upper.estimate == pytest.approx(1.0, abs=4 * found.upper.std_error)
    # the naive difference is too low by E[kind | kind > its 25% quantile]
    naive = frame[frame["treated"] == 1]["income"].mean() - frame[frame["treated"] == 0]["income"].mean()
    assert naive == pytest.approx(1 - norm.pdf(norm.ppf(0.25)) / 0.75, abs=0.05)
    assert found.trimmed.share == pytest.approx(0.25, abs=0.02)


def test_bootstrap_errors_are_the_spread_of_the_bound_over_samples():
    samples = [
        lee_bounds(attrited(seed, 1_000, 1_000), "income", ATTRITION_WITHOUT_DEATH, seed=1, draws=2)
        for seed in range(150)
    ]
    spread = np.std([found.lower.estimate for found in samples], ddof=1)
    one = lee_bounds(attrited(7, 1_000, 1_000), "income", ATTRITION_WITHOUT_DEATH, seed=1, draws=400)
    assert one.lower.std_error == pytest.approx(spread, rel=0.2)


def test_rows_that_contradict_themselves_are_named():
    frame = survey([1, 2, 3, "death"], [1, 2, 3, "moved"])
    with pytest.raises(Faults, match="1 row\\(s\\) observed without a value"):
        lee_bounds(frame.assign(income=frame["income"].where(frame.index > 0)), "income", ATTRITION, seed=1)
    with pytest.raises(Faults, match="dead and observed"):
        lee_bounds(frame.assign(exit="death"), "income", ATTRITION, seed=1)
    with pytest.raises(Faults, match="without a reason"):
        lee_bounds(
            frame.assign(exit=frame["exit"].where(frame["exit"] == "death")), "income", ATTRITION, seed=1
        )
    with pytest.raises(Faults, match="no exit 'died'"):
        lee_bounds(frame, "income", Attrition("treated", "seen", "exit", ("died",), "village"), seed=1)
    with pytest.raises(Faults, match="a single cluster"):
        lee_bounds(frame.assign(village=1), "income", ATTRITION, seed=1)
