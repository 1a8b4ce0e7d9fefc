"""Lines of one half of the entities, used on the other."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.estimates.discontinuity.break_line import find_lines
from analysis.estimates.discontinuity.cross_fit import cross_fit_lines

NAMES = {"decision": "in", "running": "income", "group": "town", "entity": "family"}


@pytest.fixture(scope="module")
def families() -> pd.DataFrame:
    """500 families in each of three towns for two years, lines at .9, 1.0 and 1.1."""
    random = np.random.default_rng(1)
    family = np.repeat(np.arange(1_500), 2)
    town = family % 3
    income = random.uniform(0.5, 1.5, 3_000)
    included = random.random(3_000) < np.where(income < 0.9 + 0.1 * town, 0.6, 0.05)
    frame = pd.DataFrame({"family": family, "town": town, "income": income, "in": included.astype(int)})
    return frame.set_index(pd.Index([f"row {k}" for k in range(3_000)]))


def test_a_row_has_the_line_found_without_its_family(families):
    found = cross_fit_lines(families, **NAMES, seed=3)
    assert families["family"].groupby([families["family"], found.half]).size().eq(2).all()
    assert found.half.value_counts().tolist() == [1_500, 1_500]
    for half in (0, 1):
        others = find_lines(families[found.half == 1 - half], **NAMES).by_group()
        own = found.half == half
        assert found.assigned[own].tolist() == families.loc[own, "town"].map(others).tolist()


def test_the_same_seed_gives_the_same_halves_whatever_the_order_of_rows(families):
    shuffled = families.sample(frac=1, random_state=2)
    left, right = (cross_fit_lines(frame, **NAMES, seed=3) for frame in (families, shuffled))
    assert left.assigned.equals(right.assigned.loc[families.index])
    assert not left.half.equals(cross_fit_lines(families, **NAMES, seed=4).half)


def test_strengths_are_regressions_on_being_below_the_assigned_line(families):
    """Errors clustered by family, `G/(G-1)`."""
    found = cross_fit_lines(families, **NAMES, seed=3)
    rows = families[families["town"] == 2]
    below = sm.add_constant((rows["income"] < found.assigned[rows.index]).astype(float))
    grouped = {"groups": rows["family"].to_numpy(), "use_correction": False}
    by_hand = sm.OLS(rows["in"], below).fit(cov_type="cluster", cov_kwds=grouped)
    own = found.strengths[2]
    assert own.term == "2"
    assert own.estimate == pytest.approx(by_hand.params.iloc[1])
    assert own.std_error == pytest.approx(by_hand.bse.iloc[1] * np.sqrt(500 / 499))


def test_where_no_line_exists_the_search_finds_a_jump_and_the_other_half_does_not():
    """Decisions at random in 60 towns: the searched jump is always there, the held-out one is not."""
    random = np.random.default_rng(5)
    frame = pd.DataFrame({"town": np.repeat(range(60), 200), "income": random.uniform(size=12_000)})
    frame = frame.assign(family=range(12_000), **{"in": (random.random(12_000) < 0.3).astype(int)})
    searched = find_lines(frame, **NAMES).tidy()["jump"].abs().mean()
    held_out = cross_fit_lines(frame, **NAMES, seed=6)
    estimates = np.array([strength.estimate for strength in held_out.strengths])
    rejected = np.mean([strength.p_value < 0.05 for strength in held_out.strengths])
    assert searched > 0.1
    assert abs(estimates.mean()) < 3 * estimates.std() / np.sqrt(len(estimates))
    assert rejected < 0.2


def test_rows_without_an_income_or_a_line_have_none_assigned(families):
    holed = families.assign(income=families["income"].where(families["family"] > 4))
    empty = holed.assign(**{"in": holed["in"].where(holed["town"] != 1, 0)})
    found = cross_fit_lines(empty, **NAMES, seed=3)
    missing = (families["family"] <= 4) | (families["town"] == 1)
    assert found.assigned.isna().equals(missing)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("missing income", 10)]
    assert {left.term for left in found.refused} == {"1"}
