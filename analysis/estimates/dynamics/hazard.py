"""The discrete-time hazard of returning to a state after an exit, by statsmodels."""

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.families.links import CLogLog, Logit
from statsmodels.genmod.generalized_linear_model import GLM, GLMResultsWrapper
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from analysis.estimates.column_checks import column_faults, where
from analysis.estimates.dynamics.spells import DURATION, RETURN, SPELL, Spells
from analysis.estimates.panel_sample import codes, complete_rows
from analysis.estimates.regressors import refuse_collinear
from analysis.estimates.results import Dropped, Estimate, Inference, estimates_of
from analysis.faults import Fault, Faults

Link = Literal["cloglog", "logit"]
LINKS = {"cloglog": CLogLog, "logit": Logit}
ESTIMATORS: dict[Link, str] = {
    "cloglog": "discrete-time proportional hazards",
    "logit": "discrete-time proportional odds",
}
CORRECTION = "G/(G-1)"


@dataclass(frozen=True, slots=True, eq=False)
class HazardFit:
    """A hazard regression: `estimates` are log hazard ratios (cloglog) or log odds ratios (logit).

    `baseline` is the hazard of each duration where all covariates are zero: `duration, hazard`.
    """

    state: str
    link: Link
    estimates: tuple[Estimate, ...]
    covariance: pd.DataFrame
    baseline: pd.DataFrame
    log_likelihood: float
    n_spells: int
    n_returns: int
    dropped: tuple[Dropped, ...]

    def estimate(self, term: str) -> Estimate:
        """Return the coefficient of one term; raises `KeyError` with the terms there are."""
        for estimate in self.estimates:
            if estimate.term == term:
                return estimate
        raise KeyError(f"no term {term!r}; there are {', '.join(e.term for e in self.estimates)}")


def duration_dummies(rows: pd.DataFrame, longest: int) -> pd.DataFrame:
    """Return one indicator a duration, the last for `longest` and above; raises `Faults` for empty ones."""
    band = rows[DURATION].clip(upper=longest)
    returned = rows[RETURN].groupby(band).mean()
    faults = [
        Fault(
            where(DURATION),
            f"{'no' if share == 0 else 'every'} spell returns at duration {duration}",
            "returns and stays at every duration",
            "choose a lower `longest`, which joins the durations from it on",
        )
        for duration, share in returned.items()
        if share in (0, 1)
    ]
    if faults:
        raise Faults(faults)
    return pd.DataFrame(
        {f"{DURATION}[{k}]": (band == k).astype("float64") for k in returned.index}, index=rows.index
    )


def check_hazard(rows: pd.DataFrame, covariates: tuple[str, ...], entity: str, clusters: str) -> None:
    """Raise `Faults` for columns that are unknown, not numeric or missing, and for a single cluster."""
    faults = column_faults(rows, covariates, (entity, clusters), clusters=clusters)
    if not covariates:
        faults.append(Fault("covariates", "none", "one column or more", "use kaplan_meier"))
    if faults:
        raise Faults(faults)


def inference_of(rows: pd.DataFrame, first: str, entity: str, clusters: str) -> Inference:
    """Return what the estimates say of their sample; treated are clusters with the first covariate."""
    n_clusters = int(rows[clusters].nunique())
    return Inference(
        n_obs=len(rows),
        n_entities=int(rows[entity].nunique()),
        n_clusters=n_clusters,
        df_resid=n_clusters - 1,
        clusters=clusters,
        correction=CORRECTION,
        n_treated_clusters=int(rows.loc[rows[first] != 0, clusters].nunique()),
    )


def least_deviance(rows: pd.DataFrame, exog: pd.DataFrame, link: Link, clusters: str) -> GLMResultsWrapper:
    """Fit the regression with the bare sandwich by cluster; raises `Faults` if a covariate separates."""
    model = GLM(rows[RETURN].to_numpy(dtype=float), exog.to_numpy(), family=Binomial(link=LINKS[link]()))
    grouped = {"groups": codes(rows[clusters]), "use_correction": False}
    with warnings.catch_warnings():
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            return model.fit(cov_type="cluster", cov_kwds=grouped, tol=1e-12)
        except PerfectSeparationWarning as warning:
            place = f"panel, columns {', '.join(map(repr, exog.columns))}"
            mend = "leave out the covariate that says who returns"
            raise Faults(
                [Fault(place, "they tell returns and stays apart", "some of both", mend)]
            ) from warning


def baseline_of(constants: pd.Series, link: Link) -> pd.DataFrame:
    """Return the hazard of each duration where all covariates are zero; durations count from 1."""
    hazard = LINKS[link]().inverse(constants.to_numpy())
    return pd.DataFrame({"duration": np.arange(1, len(hazard) + 1), "hazard": hazard})


def fit_hazard(
    spells: Spells, *, covariates: tuple[str, ...], entity: str, clusters: str, link: Link, longest: int
) -> HazardFit:
    """Fit `g(h_it) = c_d(it) + x_it'b` by maximum likelihood, one `c` for each duration up to `longest`.

    `g` is `log(-log(1 - h))`, the discrete form of Cox's proportional hazards (Prentice and Gloeckler
    1978), or the logit. Covariates are those of the row at risk. Unobserved differences between
    households are not removed, so durations fall too fast and effects are shrunk (Jenkins 1995).
    Errors are clustered with the factor `G/(G-1)`; treated clusters are those in which the first
    covariate is ever not zero. Raises `Faults` for durations at which all or none return, and for
    collinear covariates.
    """
    check_hazard(spells.rows, covariates, entity, clusters)
    rows, dropped = complete_rows(spells.rows, covariates)
    dummies = duration_dummies(rows, longest)
    exog = pd.concat([dummies, rows[list(covariates)].astype("float64")], axis=1)
    refuse_collinear(exog, covariates)
    inference = inference_of(rows, covariates[0], entity, clusters)
    result = least_deviance(rows, exog, link, clusters)
    values = pd.Series(np.asarray(result.params), index=exog.columns)
    covariance = pd.DataFrame(result.cov_params(), index=exog.columns, columns=exog.columns)
    covariance = covariance.loc[list(covariates), list(covariates)] * (1 + 1 / inference.df_resid)
    return HazardFit(
        state=spells.state,
        link=link,
        estimates=estimates_of(
            values[list(covariates)],
            covariance,
            inference,
            outcome=f"return to {spells.state}",
            estimator=ESTIMATORS[link],
            engine="statsmodels",
        ),
        covariance=covariance,
        baseline=baseline_of(values[dummies.columns], link),
        log_likelihood=float(result.llf),
        n_spells=int(rows[SPELL].nunique()),
        n_returns=int(rows[RETURN].sum()),
        dropped=(*spells.dropped, *dropped),
    )
