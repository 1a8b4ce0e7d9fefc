import numpy as np
import pandas as pd
import pytest

from analysis.simulation.measures import meanings, performances, rejects


def row(
    county: int, estimate: float, low: float, high: float, p: float, truth: float = 10.0
) -> dict[str, object]:
    return {
        "scenario": "s",
        "county": county,
        "design": "d",
        "estimate": estimate,
        "std_error": 1.0,
        "conf_low": low,
        "conf_high": high,
        "rejects": rejects(p),
        "truth": truth,
        "average": 9.0,
    }


def test_bias_rmse_coverage_and_rejection_by_hand():
    found = performances(
        pd.DataFrame(
            [
                row(0, 11, 9, 13, 0.01),
                row(1, 9, 7, 11, 0.20),
                row(2, 13, 11, 15, 0.05),
                row(3, 11, 9, 13, 0.5),
            ]
        )
    ).iloc[0]
    # errors 1, -1, 3, 1
    assert found["bias"] == 1.0
    assert found["rmse"] == pytest.approx(np.sqrt(12 / 4))
    assert found["spread"] == pytest.approx(np.sqrt(8 / 3))
    assert found["coverage"] == 0.75
    assert found["coverage_mc"] == pytest.approx(np.sqrt(0.75 * 0.25 / 3))
    assert found["rejected"] == 0.5


def test_intervals_are_held_against_the_mean_truth_too():
    found = performances(
        pd.DataFrame([row(0, 11, 9, 10.5, 0.01, truth=12.0), row(1, 9, 7, 11, 0.20, truth=8.0)])
    ).iloc[0]
    assert (found["coverage"], found["coverage_mean"]) == (0.5, 1.0)


def test_lots_of_one_county_are_one_draw_for_the_monte_carlo_error():
    lots = [row(county, 10, 9, 11, p) for county, p in ((0, 0.01), (0, 0.5), (1, 0.01), (1, 0.02))]
    found = performances(pd.DataFrame(lots)).iloc[0]
    # shares rejected by county: 1/2 and 1
    assert (found["counties"], found["rejected"]) == (2, 0.75)
    assert found["rejected_mc"] == pytest.approx(np.sqrt(0.125 / 2))


def test_a_county_that_a_design_refuses_is_counted():
    other = row(1, 9, 7, 11, 0.20) | {"design": "e"}
    found = performances(
        pd.DataFrame([row(0, 11, 9, 13, 0.01), other, row(0, 9, 7, 11, 0.2) | {"design": "e"}])
    )
    assert found.set_index("design")[["counties", "refused"]].to_numpy().tolist() == [[1, 1], [2, 0]]


def test_a_design_without_intervals_has_no_coverage():
    found = performances(
        pd.DataFrame([row(0, 1, np.nan, np.nan, 0.04, np.nan), row(1, 2, np.nan, np.nan, 0.4, np.nan)])
    )
    assert np.isnan(found["coverage"].iloc[0])
    assert found["rejected"].iloc[0] == 0.5


def test_every_figure_has_a_meaning():
    assert all(meanings().values())
