"""Recentred influence functions: identities, closed forms, brute force and planted truth."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.distribution.rif import density, distribution_of, quantile, rif
from analysis.estimates.distribution.rif_effects import rif_effects
from analysis.estimates.inequality import gini
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.faults import Faults

DESIGN = PanelDesign("house no", "year", ("aid",), ("size",), "village")
POOLED = Specification("none", "none")


def draw(seed: int, n: int = 60, years: int = 4) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    effect = random.normal(size=n)
    frame = pd.DataFrame(
        {
            "house no": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(years), n),
            "village": np.repeat(np.arange(n) % 12, years),
            "aid": random.random(n * years).round(2),
            "size": random.integers(1, 5, size=n * years).astype(float),
        }
    )
    noise = random.normal(size=len(frame))
    frame["income"] = np.exp(
        effect[frame["house no"]] / 2 + 0.4 * frame["aid"] + 0.1 * frame["year"] + noise / 3
    )
    return frame[random.random(len(frame)) < 0.9].reset_index(drop=True)


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    return draw(4)


def test_means_of_the_functions_are_the_statistics():
    values = np.random.default_rng(1).lognormal(size=200)
    distribution = distribution_of(values)
    assert rif(distribution, "mean").mean() == pytest.approx(values.mean())
    assert rif(distribution, "variance").mean() == pytest.approx(values.var())
    frame = pd.DataFrame({"income": values})
    assert rif(distribution, "gini").mean() == pytest.approx(gini(frame, "income").estimate)
    for tau in (0.1, 0.5, 0.9):
        assert rif(distribution, tau).mean() == pytest.approx(np.quantile(values, tau, method="inverted_cdf"))


def test_the_gini_function_of_two_incomes_by_hand():
    """1 and 3: G = 1/4, mean 2, both distances 1, so 1/4 + (1 - (1 + 2) / 4) / 2 and with 3 for 1."""
    assert rif(distribution_of(np.array([3.0, 1.0])), "gini").tolist() == pytest.approx([0.125, 0.375])


def test_weights_count_rows():
    values, counts = np.array([5.0, 1, 4, 2, 9]), np.array([2.0, 0, 3, 1, 2])
    weighted, repeated = (
        distribution_of(values, counts),
        distribution_of(np.repeat(values, counts.astype(int))),
    )
    for statistic in ("mean", "variance", "gini", 0.5, 0.2):
        found = rif(weighted, statistic)[counts > 0]
        assert np.repeat(found, [2, 3, 1, 2]) == pytest.approx(rif(repeated, statistic))


def test_the_density_of_a_normal_sample_is_that_of_the_normal():
    values = np.random.default_rng(2).normal(size=40_000)
    assert density(distribution_of(values), 0.0) == pytest.approx(1 / np.sqrt(2 * np.pi), rel=0.02)
    assert quantile(distribution_of(values), 0.975) == pytest.approx(1.96, abs=0.03)


@pytest.mark.parametrize("specification", [POOLED, Specification("none", "common"), HOUSEHOLD_YEAR])
def test_the_effect_on_the_mean_is_that_of_the_panel_regression(panel, specification):
    (found,) = rif_effects(panel, "income", DESIGN, specification, statistics=("mean",), seed=1, draws=400)
    expected = fit_panel(panel, "income", DESIGN, specification)
    for term in DESIGN.terms:
        assert found.estimate(term).estimate == pytest.approx(expected.estimate(term).estimate)
        assert found.fit.estimate(term).std_error == pytest.approx(expected.estimate(term).std_error)
        assert found.estimate(term).std_error == pytest.approx(expected.estimate(term).std_error, rel=0.35)


def by_brute_force(panel: pd.DataFrame, tau: float, draws: int, seed: int) -> np.ndarray:
    """Villages copied as drawn, households renamed in each copy, dummies for households and years."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        drawn = random.integers(12, size=12)
        parts = [
            panel[panel["village"] == village].assign(copy=copy)
            for copy, village in enumerate(np.sort(drawn))
        ]
        rows = pd.concat(parts, ignore_index=True)
        y = rows["income"].to_numpy()
        q = np.quantile(y, tau, method="inverted_cdf")
        quartiles = [np.quantile(y, share, method="inverted_cdf") for share in (0.25, 0.75)]
        h = 0.9 * min(y.std(), (quartiles[1] - quartiles[0]) / 1.349) * len(y) ** -0.2
        f = np.exp(-(((y - q) / h) ** 2) / 2).mean() / (h * np.sqrt(2 * np.pi))
        home = pd.get_dummies(rows["house no"].astype(str) + "/" + rows["copy"].astype(str), dtype=float)
        years = pd.get_dummies(rows["year"], dtype=float).iloc[:, 1:]
        x = np.column_stack([rows[["aid", "size"]], home, years])
        found.append(np.linalg.lstsq(x, q + (tau - (y <= q)) / f, rcond=None)[0][:2])
    return np.array(found)


def test_bootstrap_errors_are_those_of_copied_villages_and_dummies(panel):
    kept = panel[panel.groupby("house no")["year"].transform("size") > 1]
    (found,) = rif_effects(kept, "income", DESIGN, HOUSEHOLD_YEAR, statistics=(0.3,), seed=9, draws=6)
    expected = by_brute_force(kept, 0.3, draws=6, seed=9).std(axis=0, ddof=1)
    assert [e.std_error for e in found.estimates] == pytest.approx(expected.tolist(), rel=1e-6)


def test_a_normal_shift_moves_every_quantile_alike_and_not_the_variance():
    """y = .5 x + e, both normal: every quantile moves by .5 (Stein's lemma), the variance not at all."""
    random = np.random.default_rng(6)
    x = random.normal(size=4_000)
    frame = pd.DataFrame({"id": np.arange(4_000), "t": 0, "x": x, "y": 0.5 * x + random.normal(size=4_000)})
    design = PanelDesign("id", "t", ("x",))
    found = rif_effects(frame, "y", design, POOLED, statistics=(0.1, 0.5, 0.9, "variance"), seed=3, draws=60)
    for effect, truth in zip(found, (0.5, 0.5, 0.5, 0.0), strict=True):
        estimate = effect.estimate("x")
        assert abs(estimate.estimate - truth) < 3.5 * estimate.std_error
        assert estimate.std_error < 0.15
    assert [effect.statistic for effect in found] == [
        "quantile 0.1",
        "quantile 0.5",
        "quantile 0.9",
        "variance",
    ]


def test_a_percentage_for_a_quantile_is_refused(panel):
    with pytest.raises(Faults) as raised:
        rif_effects(panel, "income", DESIGN, HOUSEHOLD_YEAR, statistics=(10,), seed=1)
    assert str(raised.value) == (
        "statistics: quantile 10\n    allowed: between 0 and 1\n    mend: give shares, not percentages"
    )


def test_random_effects_are_refused(panel):
    with pytest.raises(Faults, match="pooled or household effects"):
        rif_effects(panel, "income", DESIGN, Specification("random", "common"), statistics=(0.5,), seed=1)


def test_entities_that_change_their_cluster_are_refused(panel):
    moved = panel.assign(village=np.arange(len(panel)) % 5)
    with pytest.raises(Faults, match="'village': entities in several clusters"):
        rif_effects(moved, "income", DESIGN, HOUSEHOLD_YEAR, statistics=(0.5,), seed=1)
