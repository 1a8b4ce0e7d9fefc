"""An estimate as a number of the paper, with its passport."""

from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.results import Estimate
from analysis.findings.kinds import Number, maker


def estimate_number(
    name: str,
    estimate: Estimate | IndexEstimate,
    label: str,
    unit: str,
    decimals: int = 0,
    *,
    estimator: str,
    sample: str | None = None,
) -> Number:
    """Return an estimate with its error, interval and counts; the line that asks for it is its maker."""
    return Number(
        name,
        estimate.estimate,
        label,
        unit,
        decimals,
        std_error=estimate.std_error,
        low=estimate.conf_low,
        high=estimate.conf_high,
        n_obs=estimate.n_obs,
        n_clusters=estimate.n_clusters,
        estimator=estimator,
        sample=sample,
        maker=maker(),
    )
