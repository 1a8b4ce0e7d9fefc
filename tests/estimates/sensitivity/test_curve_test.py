import numpy as np
import pandas as pd
import pytest

from analysis.estimates.sensitivity.curve_test import curve_test
from analysis.estimates.sensitivity.specification_curve import SpecificationCurve
from analysis.faults import Faults


def curve_of(effect: float, seed: int, n_clusters: int = 100) -> SpecificationCurve:
    """Six specifications: means over clusters of one shock with small shocks of their own."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=n_clusters)
    values = effect + shared + 0.3 * random.normal(size=(6, n_clusters))
    estimate = values.mean(axis=1)
    influence = (values - estimate[:, None]) / n_clusters
    error = np.sqrt((influence**2).sum(axis=1))
    table = pd.DataFrame(
        {
            "estimate": estimate,
            "effect": 10 * estimate,
            "std_error": error,
            "statistic": estimate / error,
            "note": "",
        }
    )
    return SpecificationCurve(table, "yuan", 0.95, "village", influence)


def test_a_true_effect_is_found_by_all_three_statistics():
    found = curve_test(curve_of(1.0, 1), seed=1)
    assert found.n_significant == 6
    # the sample itself is one of 1,000 draws
    assert (found.median_p, found.mean_z_p) == (0.001, 0.001)
    # there are no more than six: by chance all are in the tail as often as the shock they share, at most 0.05
    assert found.n_significant_p < 0.05
    assert found.median == pytest.approx(10, abs=4)


def test_without_an_effect_the_test_rejects_as_often_as_it_says():
    """Specifications move together: counted as independent, six significant of six would be beyond chance."""
    p_values = np.array([curve_test(curve_of(0.0, seed), seed=1, draws=199).median_p for seed in range(400)])
    error = np.sqrt(0.05 * 0.95 / 400)
    assert abs((p_values <= 0.05).mean() - 0.05) < 3.5 * error


def test_a_curve_with_nothing_estimated_is_refused():
    empty = curve_of(0.0, 1)
    table = empty.table.assign(note="absorbed")
    with pytest.raises(Faults, match="no specification was estimated"):
        curve_test(SpecificationCurve(table, "yuan", 0.95, "village", empty.influence), seed=1)
