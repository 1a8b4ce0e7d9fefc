"""Rules of audits on records made by hand."""

import pandas as pd

from analysis.problems.audit import exit_audit, inclusion_audit

MONTHS = ["identified_month", "first_measure_month", "removed_month"]


def dated(rows: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in MONTHS if name in frame})


def test_inclusion_rules_count_who_is_outside_and_who_waits():
    panel = dated(
        [
            {"household_id": "a", "year": 2020, "below_line": 1, "under_monitoring": 1, "unsafe_house": "no"},
            {
                "household_id": "b",
                "year": 2020,
                "below_line": 1,
                "under_monitoring": 0,
                "unsafe_house": "yes",
            },
            {
                "household_id": "c",
                "year": 2019,
                "below_line": 1,
                "under_monitoring": 0,
                "unsafe_house": "yes",
            },
        ]
    )
    panel["identified_month"] = pd.to_datetime(["2020-03-01", None, None])
    panel["first_measure_month"] = pd.to_datetime(["2020-05-01", None, None])
    panel["removed_month"] = pd.NaT
    panel["removed_month"] = pd.to_datetime(panel["removed_month"])
    posts = pd.DataFrame({"holder_age": [69, 70, 71], "post_months": [0, 12, 12]})
    found = {rule.rule: (rule.found.yes, rule.found.n) for rule in inclusion_audit(panel, {"posts": posts})}
    assert found == {
        "Income below the line, not monitored": (1, 2),
        "Unsafe house, not monitored": (1, 1),
        "More than a month without a measure": (1, 1),
        "Post holder of 70 or older": (2, 3),
        "Post without months of work": (1, 3),
    }
    assert len(list(inclusion_audit(panel, {}))) == 3


def test_exit_rules_count_removals():
    common = {"left": 1, "identified_month": "2020-01-01", "first_measure_month": "2020-02-01", "workers": 1}
    pay = {"removal_means": "post", "post_income": 10.0, "other_wage_income": 0.0}
    rows = dated(
        [
            {**common, **pay, "against_line": 0.2, "removed_month": "2020-12-01"},
            {**common, **pay, "against_line": -0.1, "removed_month": "2020-06-01", "workers": 0},
            {**common, **pay, "against_line": 0.2, "removed_month": "2020-07-01", "removal_means": "job"},
            {
                **common,
                **pay,
                "against_line": 0.2,
                "removed_month": "2020-08-01",
                "first_measure_month": None,
            },
            {**common, **pay, "against_line": -0.5, "removed_month": None, "left": 0},
        ]
    )
    found = {rule.rule: (rule.found.yes, rule.found.n) for rule in exit_audit(rows)}
    assert found == {
        "Income below the line": (1, 4),
        "Nobody able to work": (1, 4),
        "Monitored for less than six months": (1, 4),
        "Without any measure": (1, 4),
        "Through a post or a job, without pay from it": (1, 4),
    }
