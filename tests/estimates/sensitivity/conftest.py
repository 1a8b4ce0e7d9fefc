"""Event studies of which robust intervals are published."""

import numpy as np
import pandas as pd
import pyfixest
import pytest
from moderndid import load_ehec

from analysis.estimates.sensitivity.event_study import EventStudy, event_study

BC_ESTIMATES = (
    0.006696352,
    0.029345034,
    -0.006472972,
    0.073014989,
    0.195961118,
    0.312063903,
    0.239541546,
    0.126042500,
)
BC_COVARIANCE = """
 8.428358e-04 4.768687e-04 2.618051e-04 2.354220e-04 1.676371e-04 1.128708e-04 1.992816e-05 -1.368265e-04
 4.768687e-04 6.425420e-04 3.987425e-04 2.435515e-04 2.201960e-04 1.804591e-04 3.843765e-05 -2.960422e-05
 2.618051e-04 3.987425e-04 5.229950e-04 2.117686e-04 1.840722e-04 1.458528e-04 7.005197e-05  5.952995e-05
 2.354220e-04 2.435515e-04 2.117686e-04 3.089595e-04 1.197866e-04 1.334081e-04 1.016335e-04  1.079052e-04
 1.676371e-04 2.201960e-04 1.840722e-04 1.197866e-04 3.599704e-04 2.478819e-04 1.749579e-04  1.654257e-04
 1.128708e-04 1.804591e-04 1.458528e-04 1.334081e-04 2.478819e-04 4.263950e-04 2.171438e-04  2.892748e-04
 1.992816e-05 3.843765e-05 7.005197e-05 1.016335e-04 1.749579e-04 2.171438e-04 4.886698e-04  3.805322e-04
-1.368265e-04 -2.960422e-05 5.952995e-05 1.079052e-04 1.654257e-04 2.892748e-04 3.805322e-04 7.617394e-04
"""


@pytest.fixture(scope="session")
def medicaid() -> tuple[pd.Series, pd.DataFrame]:
    """The two-way event study of Medicaid expansion in HonestDiD's documentation, times from 2014."""
    frame = load_ehec().to_pandas()
    frame = frame[(frame["year"] < 2016) & (frame["yexp2"] != 2015)]
    frame = frame.assign(expanded=(frame["yexp2"] == 2014).astype(float))
    fit = pyfixest.feols("dins ~ i(year, expanded, ref=2013) | stfips + year", frame, vcov={"CRV1": "stfips"})
    times = [-6, -5, -4, -3, -2, 0, 1]
    return pd.Series(fit.coef().to_numpy(), times), pd.DataFrame(fit._vcov, times, times)


@pytest.fixture(scope="session")
def benzarti_carloni() -> EventStudy:
    """Profits after the French cut of value-added tax in 2009 (Benzarti and Carloni 2019), first effect."""
    times = [-5, -4, -3, -2, 0, 1, 2, 3]
    covariance = np.array(BC_COVARIANCE.split(), dtype=float).reshape(8, 8)
    return event_study(
        pd.Series(BC_ESTIMATES, times),
        pd.DataFrame(covariance, times, times),
        weights=pd.Series({0: 1.0}),
    )
