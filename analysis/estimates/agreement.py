"""How closely two engines agree on the same regression."""

from dataclasses import asdict, dataclass

import pandas as pd

from analysis.estimates.results import Engine, Fit


@dataclass(frozen=True, slots=True)
class TermAgreement:
    """Relative differences of one term's coefficient and error between two engines.

    The coefficient's difference is relative to the first engine's standard error, since a
    coefficient may be near zero; the error's difference is relative to the first engine's error.
    """

    outcome: str
    estimator: str
    term: str
    first: Engine
    second: Engine
    coefficient: float
    std_error: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two fits, term by term; `not_compared` are terms that only one engine reports."""

    terms: tuple[TermAgreement, ...]
    not_compared: tuple[str, ...]

    @property
    def largest(self) -> float:
        """The largest relative difference of all terms."""
        return max(max(term.coefficient, term.std_error) for term in self.terms)

    def tidy(self) -> pd.DataFrame:
        """Return one row a term."""
        return pd.DataFrame([asdict(term) for term in self.terms])


def agreement(first: Fit, second: Fit) -> Agreement:
    """Compare two fits of the same outcome by the same estimator; raises `ValueError` on others."""
    if (first.outcome, first.estimator) != (second.outcome, second.estimator):
        pair = f"{first.estimator} of {first.outcome}, {second.estimator} of {second.outcome}"
        raise ValueError(f"these fits are not comparable: {pair}")
    common = [term for term in first.terms if term in second.terms]
    rows = []
    for term in common:
        one, other = first.estimate(term), second.estimate(term)
        rows.append(
            TermAgreement(
                outcome=first.outcome,
                estimator=first.estimator,
                term=term,
                first=first.engine,
                second=second.engine,
                coefficient=abs(other.estimate - one.estimate) / one.std_error,
                std_error=abs(other.std_error - one.std_error) / one.std_error,
            )
        )
    alone = set(first.terms).symmetric_difference(second.terms)
    return Agreement(tuple(rows), tuple(sorted(alone)))
