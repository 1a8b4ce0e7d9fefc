"""A simulated figure as a number of the paper."""

from analysis.countermeasures.drawn import Drawn
from analysis.findings.kinds import Number, maker


def drawn_number(
    name: str,
    one: Drawn,
    label: str,
    unit: str,
    decimals: int,
    *,
    n_obs: int,
    estimator: str,
    sample: str | None = None,
) -> Number:
    """Return a figure with the middle of its draws as interval; the line that asks for it is its maker."""
    return Number(
        name,
        one.value,
        label,
        unit,
        decimals,
        low=one.low,
        high=one.high,
        n_obs=n_obs,
        estimator=estimator,
        sample=sample,
        maker=maker(),
    )
