"""Doses of posts: months, pay, the income given up for it, and the posts of others in the village."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.doses import DoseEffect, DoseRow, Doses
from analysis.designs.posts import with_schedule
from analysis.estimates.switching.dose_bins import dose_bins
from analysis.estimates.switching.forgone import forgone_income
from analysis.estimates.switching.spillover import spillover
from analysis.panel.build import Panel

KEY = ["household_id", "year"]
MONTHS = (0.0, 6.0, 11.0, 12.0)
MONTHS_OF_A_YEAR = 12
LEAST_MONTHS = 11
QUANTILES = (0.2, 0.4, 0.6, 0.8)


def post_doses(panel: Panel, tables: Mapping[str, pd.DataFrame]) -> Doses:
    """Return effects of posts by months and by pay, the income given up for them, and on neighbours."""
    return (
        attempted("Months in posts", lambda: by_months(panel)),
        attempted("Monthly pay", lambda: by_wage(panel, tables["posts"])),
        attempted("Income given up", lambda: forgone(panel, tables["posts"])),
        attempted("Posts of others in the village", lambda: neighbours(panel)),
    )


def by_months(panel: Panel) -> DoseEffect:
    """Return effects by months in posts of a year, all members together."""
    frame = panel.study.assign(months=(MONTHS_OF_A_YEAR * panel.study["posts"]).round(6))
    most = float(frame["months"].max())
    return binned(panel, frame, "months", (*MONTHS, most) if most > MONTHS[-1] else MONTHS)


def by_wage(panel: Panel, ledger: pd.DataFrame) -> DoseEffect:
    """Return effects by monthly pay, of one post held for most of the year, against no post."""
    paid = ledger.groupby(KEY, as_index=False)[["post_months", "post_paid"]].sum()
    paid = paid[paid["post_months"].between(LEAST_MONTHS, MONTHS_OF_A_YEAR)]
    wage = paid[KEY].assign(wage=paid["post_paid"] / paid["post_months"])
    rows = panel.study.merge(wage, on=KEY, how="left", validate="one_to_one")
    none = rows["posts"] == 0
    rows = rows[none | rows["wage"].notna()].assign(wage=rows["wage"].mask(none, 0.0))
    return binned(panel, rows, "wage", wage_ends(rows.loc[rows["wage"] > 0, "wage"]))


def wage_ends(wage: pd.Series) -> tuple[float, ...]:
    """Return the ends of bins of pay: fifths of those who hold a post, as far as pay differs."""
    ends = np.unique(wage.quantile([*QUANTILES, 1.0]).to_numpy())
    return (0.0, *(float(end) for end in ends))


def binned(panel: Panel, frame: pd.DataFrame, dose: str, edges: tuple[float, ...]) -> DoseEffect:
    """Return effects of a dose within households and township-years, other instruments given."""
    found = dose_bins(
        frame,
        outcome=panel.outcome,
        dose=dose,
        edges=edges,
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        group=panel.coarse_cluster,
        controls=(*panel.controls, *(name for name in panel.instruments if name != "posts")),
    )
    rows = [
        DoseRow(f"{dose}_{number}", estimate, low, high, mean)
        for number, (estimate, (low, high), mean) in enumerate(
            zip(found.fit.estimates, pairwise(edges), found.means, strict=True), 1
        )
    ]
    return DoseEffect(dose, tuple(rows), found.linearity)


def forgone(panel: Panel, ledger: pd.DataFrame) -> DoseEffect:
    """Return the share of pay that replaces other income, by the scheduled end of terms."""
    found = forgone_income(
        with_schedule(panel.study, ledger),
        outcome=panel.outcome,
        pay="income_posts",
        regressor="scheduled",
        effects=(("household_id",), ("start_year", "year")),
        clusters=str(panel.fine_cluster),
        entity="household_id",
        controls=panel.controls,
    )
    return DoseEffect("forgone", (DoseRow("forgone", found.share),))


def neighbours(panel: Panel) -> DoseEffect:
    """Return the effect of post-years per household of the village on those who never hold a post."""
    fit = spillover(
        panel.study,
        outcome=panel.outcome,
        dose="posts",
        place=str(panel.fine_cluster),
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        group=panel.coarse_cluster,
        controls=panel.controls,
    )
    return DoseEffect("spillover", (DoseRow("spillover", fit.estimates[0]),))
