"""A transfer's effect without its own payment, and net yuan per public yuan."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.results import Estimate, Inference, estimates_of
from analysis.faults import Fault, Faults

TOTAL, PAYMENT = "total net income", "payment received"
WITHOUT, PER_YUAN = "income without the payment", "net yuan per public yuan"


@dataclass(frozen=True, slots=True, eq=False)
class PartialTransfer:
    """The three estimands per unit of treatment; `net` is in yuan per yuan, and -1 is full crowding out.

    `crowding` is income without the payment per yuan of payment: negative where the payment crowds out.
    `covariance` is that of the total effect and the payment effect.
    """

    total: Estimate
    payment: Estimate
    without: Estimate
    crowding: Estimate
    net: Estimate
    administration_share: float
    covariance: float


def inference_for(estimate: Estimate) -> Inference:
    """Return the inference behind an estimate."""
    return Inference(
        n_obs=estimate.n_obs,
        n_entities=estimate.n_entities,
        n_clusters=estimate.n_clusters,
        df_resid=estimate.df_resid,
        clusters=estimate.clusters,
        correction=estimate.correction,
        level=estimate.level,
        n_treated_clusters=estimate.n_treated_clusters,
    )


def check_transfer(total: Estimate, payment: Estimate, covariance: float, share: float) -> None:
    """Raise `Faults` for effects of different samples, impossible covariances, shares and payments."""
    faults = []
    mine = (total.n_obs, total.clusters, total.df_resid, total.term)
    if mine != (payment.n_obs, payment.clusters, payment.df_resid, payment.term):
        found = f"{total.n_obs} rows on {total.term!r} and {payment.n_obs} rows on {payment.term!r}"
        mend = "estimate both on the same rows, with the same term and clusters"
        faults.append(Fault("effects", found, "two outcomes of one regression", mend))
    limit = total.std_error * payment.std_error
    if not abs(covariance) <= limit * (1 + 1e-9):
        faults.append(
            Fault("covariance", f"{covariance:g}", f"at most {limit:g} in size", "use covariance_of(...)")
        )
    if not 0 <= share < 1:
        mend = "give the part of all public cost that is not paid out"
        faults.append(Fault("administration_share", f"{share:g}", "0 or more and below 1", mend))
    if payment.estimate <= 0:
        mend = "check the outcome of the payment effect"
        faults.append(Fault("payment effect", f"{payment.estimate:g}", "a positive payment", mend))
    if faults:
        raise Faults(faults)


def covariance_of(total: Estimate, payment: Estimate, without: Estimate) -> float:
    """Return the covariance of two effects from the error of their difference.

    `without` is the effect on total less payment by the same regression: as estimates are linear in the
    outcome, `var(without) = var(total) + var(payment) - 2 cov`. Raises `Faults` if it is not.
    """
    apart = total.estimate - payment.estimate - without.estimate
    if abs(apart) > 1e-6 * max(abs(total.estimate), abs(payment.estimate), 1.0):
        found = f"{without.estimate:g} where {total.estimate - payment.estimate:g} is the difference"
        mend = "estimate the three outcomes on the same rows"
        raise Faults([Fault("effect without the payment", found, "total less payment", mend)])
    return (total.std_error**2 + payment.std_error**2 - without.std_error**2) / 2


def fixed_payment(total: Estimate, payment: float = 1.0) -> Estimate:
    """Return a payment per unit of treatment that is known: 1 where treatment is the payment in yuan."""
    return replace(
        total,
        estimate=payment,
        std_error=0.0,
        statistic=np.inf,
        p_value=0.0,
        conf_low=payment,
        conf_high=payment,
    )


def combination(
    of: Estimate, term: str, value: float, gradient: tuple[float, float], variance: np.ndarray
) -> Estimate:
    """Return a function of the total and the payment effect with its delta-method error."""
    slope = np.array(gradient)
    spread = pd.DataFrame([[slope @ variance @ slope]], index=[term], columns=[term])
    return estimates_of(
        pd.Series({term: value}),
        spread,
        inference_for(of),
        outcome=of.outcome,
        estimator=of.estimator,
        engine=of.engine,
    )[0]


def net_per_public_yuan(
    total_effect: Estimate, payment_effect: Estimate, covariance: float, administration_share: float
) -> PartialTransfer:
    """Return income without the programme's payment, and net yuan per public yuan.

    With the effect `t` on total net income and `p` on the payment, both per unit of treatment, and `s`
    the share of administration and supervision in all public cost: without the payment `t - p`, crowding
    `t / p - 1`, net per public yuan `(1 - s) t / p`. Errors by the delta method from the joint
    covariance (`covariance_of`); where treatment is the payment itself, `p` is 1 without error: give
    `fixed_payment(total_effect)` and covariance 0. Hendren and Sprung-Keyser (2020), without the fiscal
    externality. Raises `Faults` for effects of different samples, a covariance that cannot be, a share
    outside 0 to 1, and a payment that is not positive.
    """
    check_transfer(total_effect, payment_effect, covariance, administration_share)
    t, p = total_effect.estimate, payment_effect.estimate
    cross = covariance
    variance = np.array([[total_effect.std_error**2, cross], [cross, payment_effect.std_error**2]])
    kept = 1 - administration_share
    return PartialTransfer(
        total=total_effect,
        payment=payment_effect,
        without=combination(total_effect, WITHOUT, t - p, (1.0, -1.0), variance),
        crowding=combination(total_effect, "crowding", t / p - 1, (1 / p, -t / p**2), variance),
        net=combination(total_effect, PER_YUAN, kept * t / p, (kept / p, -kept * t / p**2), variance),
        administration_share=administration_share,
        covariance=covariance,
    )
