"""Descriptive indices as numbers of the paper."""

from analysis.estimates.index_estimate import IndexEstimate
from analysis.findings.kinds import Number, maker


def index_number(
    name: str, index: IndexEstimate, label: str, unit: str, estimator: str, decimals: int = 0
) -> Number:
    """Return a descriptive index as a number of the study sample."""
    return Number(
        name,
        index.estimate,
        label,
        unit,
        decimals,
        std_error=index.std_error,
        low=index.conf_low,
        high=index.conf_high,
        n_obs=index.n_obs,
        n_clusters=index.n_clusters,
        estimator=estimator,
        sample="study sample",
        maker=maker(),
    )
