"""Every specification of an effect that was declared beforehand, and what they agree on."""

import pandas as pd

from analysis.designs.sensitivity_kinds import Threat, Tried
from analysis.estimates.effects import SEED
from analysis.estimates.sensitivity.curve_test import curve_test
from analysis.estimates.sensitivity.specification_axes import AXES, Axes, Axis
from analysis.estimates.sensitivity.specification_curve import SpecificationCurve, specification_curve
from analysis.panel.build import Panel

TOTAL, WITHOUT = "total", "without the payment"
HEADLINE = "household_group_year"
DRAWS = 9_999


def declared_curve(axes: Axes, panel: Panel) -> SpecificationCurve:
    """Return the effect under every specification of the axes, all outcomes."""
    return specification_curve(
        panel.study,
        axes,
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        group=panel.coarse_cluster,
    )


def curve_threats(curve: SpecificationCurve) -> Tried:
    """Return what the specifications of the outcome agree on, and the range of the outcome without pay."""
    total = curve.only("outcome", TOTAL)
    summary = total.summary()
    axis, share = strongest_axis(total)
    return (
        median_of("curve.median", "Median effect, range", total),
        Threat(
            "curve.same_sign",
            "Share with the sign of the median, significant at 5%",
            summary.share_significant_same_sign,
            "share",
            "by errors that allow dependence within villages",
        ),
        Threat(
            "curve.p",
            "Joint test of no effect in any specification, p",
            curve_test(total, seed=SEED, draws=DRAWS).median_p,
            "p",
            "of the median; it knows of chance, not of bias that all specifications share",
        ),
        Threat(
            "curve.axis",
            "Part of the variance that hangs on one choice",
            share,
            "share",
            f"that of {axis}; no other matters more",
        ),
        median_of(
            "curve.headline",
            "Median of those with the effects of the headline, range",
            total.only("effects", HEADLINE),
        ),
        median_of(
            "curve.without",
            "Median effect on income without the payment, range",
            curve.only("outcome", WITHOUT),
        ),
    )


def median_of(key: str, label: str, curve: SpecificationCurve) -> Threat:
    """Return median and range of a set of specifications."""
    found = curve.summary()
    says = f"{found.n_estimated} declared specifications"
    return Threat(key, label, found.median, "effect", says, low=found.lowest, high=found.highest)


def strongest_axis(curve: SpecificationCurve) -> tuple[Axis, float]:
    """Return the choice that moves the effect most, and its share of the variance between specifications."""
    done: pd.DataFrame = curve.table[curve.table["note"] == ""]
    variance = float(done["effect"].var(ddof=0))
    between = {axis: done.groupby(axis)["effect"].transform("mean").var(ddof=0) / variance for axis in AXES}
    axis = max(AXES, key=lambda name: between[name])
    return axis, float(between[axis])
