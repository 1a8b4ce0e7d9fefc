"""Household and member records of a county, in the names and categories of the codebook."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.synthetic.calendar import NEVER
from analysis.synthetic.history import History
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Bools, Streams, Texts, only

MONTHLY_WAGE = 1900.0


def in_order(table: str, columns: Mapping[str, object], codebook: Codebook) -> pd.DataFrame:
    """Return the columns as the codebook orders them; raises where one is missing or not the table's."""
    names = list(codebook.by_table[table])
    if set(names) != set(columns):
        raise KeyError(f"{table}: {sorted(set(names) ^ set(columns))}")
    return pd.DataFrame({name: columns[name] for name in names})


def yes_no(truth: Bools) -> Texts:
    """Return yes or no."""
    return np.where(truth, "yes", "no").astype(object)


def household_ids(setting: Setting) -> Texts:
    """Return the identifier of each household."""
    codes = setting.villages.code[setting.households.village]
    return np.array(
        [f"H{code}-{number:04d}" for code, number in zip(codes, setting.households.number, strict=True)],
        dtype=object,
    )


def person_ids(setting: Setting) -> Texts:
    """Return the identifier of each person."""
    people = setting.demography.people
    homes = household_ids(setting)[people.household]
    return np.array(
        [f"{home}-{position:02d}" for home, position in zip(homes, people.position, strict=True)],
        dtype=object,
    )


def household_records(
    setting: Setting, history: History, codebook: Codebook, streams: Streams
) -> pd.DataFrame:
    """Return one row for each household and year in which it has members."""
    home, t = np.nonzero(setting.demography.alive)
    year = setting.calendar.first + t
    columns = {
        "household_id": household_ids(setting)[home],
        "year": year,
        "township_code": setting.townships.code[setting.households.township][home],
        "village_code": setting.villages.code[setting.households.village][home],
        "household_size": setting.demography.size[home, t],
        "workers": setting.demography.workers[home, t],
        "arable_land": setting.households.land[home],
        "shock": setting.shock[home, t],
        "unsafe_house": yes_no(unsafe(setting, streams)[home, t]),
        "migrant_months": migrant_months(setting, history)[home, t],
        **monitoring_columns(setting, history, home, t),
        **income_columns(history, home, t),
    }
    frame = in_order("households", columns, codebook)
    return frame.sort_values(["household_id", "year"], ignore_index=True)


def income_columns(history: History, home: np.ndarray, t: np.ndarray) -> dict[str, object]:
    """Return the reported incomes of household-years."""
    report = history.report
    columns = {
        "other_wage_income": report.wages,
        "post_income": report.posts,
        "business_income": report.business,
        "business_costs": report.costs,
        "other_property_income": report.property,
        "dividend_income": report.dividends,
        "subsidy_income": report.subsidies,
        "pension_income": report.pensions,
        "other_transfer_income": report.transfers,
        "net_income": report.net,
        "net_income_per_capita": report.per_capita,
    }
    return {name: values[home, t] for name, values in columns.items()}


def monitoring_columns(
    setting: Setting, history: History, home: np.ndarray, t: np.ndarray
) -> dict[str, object]:
    """Return type and monitoring of household-years as they were known at the end of the year."""
    watch, months = history.watch, setting.calendar.months
    known = watch.identified[home] < 12 * (t + 1)
    removed = watch.removed[home] < 12 * (t + 1)
    registered = setting.households.registered[home]

    return {
        "household_type": np.select([registered, known], ["alleviated", "monitored"], "ordinary").astype(
            object
        ),
        "monitored_type": only(known, watch.kind[home]),
        "alert_month": only(known, months(watch.alert[home], t)),
        "identified_month": months(watch.identified[home], t),
        "detection_channel": only(known, watch.channel[home]),
        "first_measure_month": months(watch.measure[home], t),
        "risk": only(known, watch.risk[home]),
        "risk_removed": only(known, yes_no(removed)),
        "removal_means": only(removed, watch.means[home]),
        "removed_month": months(watch.removed[home], t),
    }


def unsafe(setting: Setting, streams: Streams) -> Bools:
    """Return unsafe houses, which are repaired one after another, households by years."""
    repaired = streams.of("repairs").geometric(0.45, setting.households.count)
    years = np.arange(setting.calendar.length)
    return setting.households.unsafe_house[:, None] & (years < repaired[:, None])


def migrant_months(setting: Setting, history: History) -> np.ndarray:
    """Return the months of work away from the farm that the wages amount to."""
    months = np.rint(history.report.wages / setting.calendar.prices / MONTHLY_WAGE).astype(np.int64)
    return np.minimum(months, 11 * setting.demography.workers)


def member_records(setting: Setting, codebook: Codebook) -> pd.DataFrame:
    """Return each person once, with the years of joining and leaving."""
    demography = setting.demography
    people = demography.people
    gone = demography.left < NEVER
    last = setting.calendar.length
    left = pd.array(np.where(gone, demography.left, 0) + setting.calendar.first, dtype="Int64")
    left[~gone | (demography.left >= last)] = pd.NA
    columns = {
        "household_id": household_ids(setting)[people.household],
        "person_id": person_ids(setting),
        "relation": people.relation,
        "sex": np.where(people.male, "male", "female").astype(object),
        "birth_year": people.birth_year,
        "education": people.education,
        "health": people.health,
        "labour_capacity": people.capacity,
        "joined_year": setting.calendar.first + demography.joined,
        "left_year": left,
        "left_reason": only(gone, demography.reason),
    }
    frame = in_order("members", columns, codebook)
    ever = (demography.left > demography.joined) & (demography.joined < last)
    return frame[ever].sort_values("person_id", ignore_index=True)
