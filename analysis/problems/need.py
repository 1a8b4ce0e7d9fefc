"""Need and receipt of household-years: what is short of the line without subsidies, and what is paid."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.panel.build import Panel
from analysis.region import Region

KEY = ["household_id", "year"]
BY_NEED = ("dibao", "prompt_relief")
"""Kinds whose rule is need: dibao fills what income lacks to a standard, prompt relief answers a loss.

The others follow a status (destitution, disability), an activity (own production, work elsewhere, schooling)
or a premium."""
NEEDED = ("income_without_subsidies", "subsidies", "household_size", "household_type")


@dataclass(frozen=True, slots=True)
class Need:
    """Household-years of the study sample, in real yuan a year per capita.

    `rows` has the columns of the panel and `prices` (index), `line`, `own` (income without subsidies),
    `need` (line less own, at least zero), `received`, `pay_<kind>` for each kind, `pay_by_need` for those of
    `by_need` together, `all_paid` with those that do not count as income. `kinds` are in the order of the
    codebook, `by_need` those of them that rules tie to need.
    """

    rows: pd.DataFrame = field(repr=False)
    kinds: tuple[str, ...]
    by_need: tuple[str, ...]
    village: str
    township: str | None


def lacks(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> str:
    """Return what the records lack to set receipt against need, empty where they lack nothing."""
    if "subsidies" not in tables or "subsidies" not in panel.instruments:
        return "the records hold no ledger of subsidies"
    if not region.line_by_year:
        return "the region's file names no line to measure need against"
    missing = [name for name in NEEDED if name not in panel.frame]
    if missing or panel.fine_cluster is None:
        return f"the records do not give {missing[0] if missing else 'villages'}"
    return ""


def need_of(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> Need:
    """Return need and receipt of the study sample."""
    rows = panel.study
    prices = rows["year"].map(region.price_index)
    line = rows["year"].map(region.line_by_year) / prices
    paid = paid_by_kind(tables["subsidies"], region)
    kinds = tuple(paid.columns)
    by_need = tuple(kind for kind in kinds if kind in BY_NEED)
    merged = rows[KEY].merge(paid.reset_index(), on=KEY, how="left", validate="one_to_one")
    per_head = merged[list(kinds)].astype("float64")
    per_head = per_head.mask(per_head.isna(), 0.0).div(rows["household_size"].to_numpy() * prices, axis=0)
    own = rows["income_without_subsidies"]
    return Need(
        rows=rows.assign(
            prices=prices,
            line=line,
            own=own,
            need=(line - own).clip(lower=0),
            received=rows["subsidies"],
            all_paid=per_head.sum(axis="columns"),
            pay_by_need=per_head[list(by_need)].sum(axis="columns"),
            **{f"pay_{kind}": per_head[kind] for kind in kinds},
        ),
        kinds=kinds,
        by_need=by_need,
        village=str(panel.fine_cluster),
        township=panel.coarse_cluster,
    )


def paid_by_kind(ledger: pd.DataFrame, region: Region) -> pd.DataFrame:
    """Return nominal yuan by household-year (index) and kind (columns, those that are paid at all)."""
    wide = ledger.pivot_table(
        index=KEY, columns="subsidy_type", values="subsidy_amount", aggfunc="sum", observed=True
    )
    order = [kind for kind in region.codebook.variable("subsidy_type").values if kind in wide.columns]
    return wide[order]


def with_last_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return household-years with the year before on record: `own_last`, `need_last`, `line_last`.

    `above_last` is the distance of last year's income to the line over the line.
    """
    last = rows[[*KEY, "own", "need", "line"]].rename(
        columns={"own": "own_last", "need": "need_last", "line": "line_last"}
    )
    last = last.assign(year=last["year"] + 1, above_last=last["own_last"] / last["line_last"] - 1)
    return rows.merge(last, on=KEY, how="inner", validate="one_to_one")
