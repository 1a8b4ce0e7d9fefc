import numpy as np
import pandas as pd
import pytest
from diff_diff import BaconDecomposition

from analysis.estimates.staggered.goodman_bacon import ALREADY, LATER, NEVER, goodman_bacon
from analysis.estimates.staggered.two_way_weights import two_way_weights
from analysis.faults import Faults

WHERE = {"outcome": "y", "entity": "a b", "period": "t", "first_treated": "g"}


def panel(cohorts: list[float], seed: int = 1) -> pd.DataFrame:
    """Sixty units over five periods from 1 on, with effects that grow."""
    random = np.random.default_rng(seed)
    time = np.tile(np.arange(1, 6), 60)
    first = np.repeat(random.choice(cohorts, 60), 5)
    treated = (time >= first).astype(float)
    y = random.normal(size=300) + treated * (1 + time - np.nan_to_num(first))
    return pd.DataFrame(
        {"a b": np.repeat([f"u{i}" for i in range(60)], 5), "t": time, "g": first, "D": treated, "y": y}
    )


@pytest.mark.parametrize("cohorts", [[2, 3, np.nan], [1, 3, 4, np.nan], [2, 3, 5], [1, 3, 5], [1, np.nan, 2]])
def test_comparisons_add_up_to_the_two_way_coefficient(cohorts):
    frame = panel(cohorts)
    found = goodman_bacon(frame, **WHERE)
    two_way = two_way_weights(frame, "y", treatment="D", entity="a b", period="t").estimate
    assert found.estimate == pytest.approx(two_way, abs=1e-10)
    assert found.comparisons["weight"].sum() == pytest.approx(1, abs=1e-12)
    parts = sum(
        found.weight(kind) * found.mean(kind) for kind in (NEVER, LATER, ALREADY) if found.weight(kind)
    )
    assert parts == pytest.approx(two_way, abs=1e-10)


def test_comparisons_are_those_of_a_second_program():
    frame = panel([2, 3, 5, np.nan])
    found = goodman_bacon(frame, **WHERE).comparisons
    coded = frame.assign(g=frame["g"].fillna(0).astype(int))
    other = BaconDecomposition().fit(coded, outcome="y", unit="a b", time="t", first_treat="g").comparisons
    ours = {(r.treated, 0 if np.isnan(r.control) else r.control): r for r in found.itertuples()}
    assert len(ours) == len(other) == 9
    for pair in other:
        control = 0 if pair.control_group == "never_treated" else pair.control_group
        same = ours[float(pair.treated_group), float(control)]
        assert same.weight == pytest.approx(pair.weight, abs=1e-12)
        assert same.estimate == pytest.approx(pair.estimate, abs=1e-12)


def test_entities_treated_from_the_start_are_controls_of_the_forbidden_kind():
    found = goodman_bacon(panel([1, 3]), **WHERE)
    assert found.weight(ALREADY) == pytest.approx(1)
    assert np.isnan(found.mean(NEVER))


def test_rows_of_entities_that_miss_a_period_are_counted():
    frame = panel([2, 3, np.nan])
    found = goodman_bacon(frame.drop(index=[7, 150]), **WHERE)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("entity misses a period", 8)]


def test_a_panel_without_a_balanced_part_is_refused():
    frame = panel([2, 3, np.nan])
    holes = frame[frame.index % 5 != (frame.index // 5) % 5]
    with pytest.raises(Faults, match="column 'a b': no balanced sub-panel has two cohorts"):
        goodman_bacon(holes, **WHERE)
