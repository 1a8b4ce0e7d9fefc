"""Ledgers of a county: subsidies, projects with beneficiaries, posts."""

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.synthetic.history import History
from analysis.synthetic.posts import held_in, monthly_pay, months_in, supervised
from analysis.synthetic.records import household_ids, in_order, person_ids, yes_no
from analysis.synthetic.setting import Setting
from analysis.synthetic.streams import Texts, only

OLD = 60
COST_OF_A_PLACE = 6500.0


def subsidy_ledger(setting: Setting, history: History, codebook: Codebook) -> pd.DataFrame:
    """Return one row for each household, year and kind of subsidy."""
    ids = household_ids(setting)
    parts = []
    for t, grants in enumerate(history.grants):
        for kind, amounts in grants.amounts.items():
            paid = np.flatnonzero(amounts)
            columns = {
                "household_id": ids[paid],
                "year": np.full(len(paid), setting.calendar.first + t),
                "subsidy_type": np.full(len(paid), kind, dtype=object),
                "subsidy_amount": amounts[paid].astype(np.int64),
            }
            parts.append(in_order("subsidies", columns, codebook))
    return pd.concat(parts).sort_values(["year", "household_id", "subsidy_type"], ignore_index=True)


def project_ids(setting: Setting) -> Texts:
    """Return the identifier of each project."""
    projects = setting.projects
    return np.array(
        [f"P{setting.calendar.first + year}-{k + 1:04d}" for k, year in enumerate(projects.started)],
        dtype=object,
    )


def project_ledger(setting: Setting, codebook: Codebook) -> pd.DataFrame:
    """Return one row a project; investment is in yuan, in thousands."""
    projects, villages = setting.projects, setting.villages
    members = np.bincount(setting.shares.project, minlength=len(projects.village))
    investment = COST_OF_A_PLACE * np.maximum(members, 2) * projects.size_factor * projects.price
    columns = {
        "project_id": project_ids(setting),
        "township_code": setting.townships.code[villages.township[projects.village]],
        "village_code": villages.code[projects.village],
        "project_year": setting.calendar.first + projects.started,
        "project_sector": projects.sector,
        "fund_source": projects.funds,
        "investment": 1000 * np.rint(investment / 1000).astype(np.int64),
        "guaranteed_yield": projects.guaranteed,
        "paid_yield": projects.paid,
        "asset_idle": yes_no(projects.idle),
    }
    return in_order("projects", columns, codebook).sort_values("project_id", ignore_index=True)


def beneficiary_ledger(setting: Setting, codebook: Codebook) -> pd.DataFrame:
    """Return one row for each project and household that benefits."""
    shares = setting.shares
    columns = {
        "household_id": household_ids(setting)[shares.household],
        "project_id": project_ids(setting)[shares.project],
        "benefit_from_year": setting.calendar.first + shares.since,
    }
    frame = in_order("beneficiaries", columns, codebook)
    return frame.sort_values(["project_id", "household_id"], ignore_index=True)


def post_ledger(setting: Setting, history: History, codebook: Codebook) -> pd.DataFrame:
    """Return one row for each post and year that its term touches."""
    years = [post_rows(t, setting, history, codebook) for t in range(setting.calendar.length)]
    return pd.concat(years).sort_values(["year", "post_id"], ignore_index=True)


def post_rows(t: int, setting: Setting, history: History, codebook: Codebook) -> pd.DataFrame:
    """Return the posts of year number `t`."""
    terms, candidates, first = history.terms, history.candidates, setting.calendar.first
    row = np.flatnonzero(held_in(t, terms))
    candidate = terms.candidate[row]
    holder, home = candidates.person[candidate], candidates.household[candidate]
    months = months_in(t, terms)[row]
    left = terms.end[row] <= 12 * (t + 1)
    columns = {
        "household_id": household_ids(setting)[home],
        "person_id": person_ids(setting)[holder],
        "year": np.full(len(row), first + t),
        "village_code": setting.villages.code[setting.households.village[home]],
        "post_id": np.array([f"G{k + 1:05d}" for k in row], dtype=object),
        "post_type": candidates.kind[candidate],
        "holder_category": holder_categories(setting, holder, t),
        "holder_age": first + t - setting.demography.people.birth_year[holder],
        "term_start": np.array([month_text(m, first) for m in terms.start[row]], dtype=object),
        "term_end": np.array([month_text(m - 1, first) for m in terms.due[row]], dtype=object),
        "post_months": months,
        "post_paid": months * monthly_pay(t, terms, candidates, setting.townships)[row],
        "supervised": yes_no(supervised(t, setting.townships)[candidates.township[candidate]]),
        "exit_reason": only(left, terms.reason[row]),
    }
    return in_order("posts", columns, codebook)


def month_text(counted: int, first: int) -> str:
    """Return a month counted from January of the first year as 2019-03, also outside the study."""
    return f"{first + counted // 12}-{counted % 12 + 1:02d}"


def holder_categories(setting: Setting, person: np.ndarray, t: int) -> Texts:
    """Return the category under which a holder was chosen."""
    people = setting.demography.people
    old = setting.calendar.first + t - people.birth_year[person] >= OLD
    conditions = [people.health[person] == "disabled", people.capacity[person] == "weak", old]
    return np.select(conditions, ["disabled", "weak", "old"], "poor").astype(object)
