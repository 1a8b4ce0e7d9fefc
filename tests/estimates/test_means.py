import pandas as pd
import pytest

from analysis.estimates.means import mean


def test_a_mean_over_persons_with_its_clustered_error():
    frame = pd.DataFrame({"y": [1.0, 2.0, 6.0], "persons": [2, 1, 1], "village": ["u", "u", "v"]})
    found = mean(frame, "y", weights="persons", clusters="village")
    # (2*1 + 2 + 6) / 4 = 2.5; deviations by village, over the persons: (2*-1.5 - 0.5)/4 and 3.5/4
    assert found.estimate == 2.5
    assert found.std_error == pytest.approx((2 / 1 * 2 * 0.875**2) ** 0.5)
    assert (found.n_obs, found.n_clusters) == (3, 2)
