"""Lines by structural break: by hand, and planted."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis.estimates.discontinuity.break_line import find_lines
from analysis.faults import Faults
from analysis.panel.build import build_panel
from analysis.panel.screening import screening
from analysis.region import read_region
from analysis.sources.tables import read_tables

NAMES = {"decision": "in", "running": "income", "group": "town", "entity": "family"}


def decisions(seed: int, lines: dict[str, float], n: int = 600, below: float = 0.7) -> pd.DataFrame:
    """`n` families a town on incomes of (0.5, 1.5), included below the line at the rate `below`, else 5%."""
    random = np.random.default_rng(seed)
    towns = np.repeat(list(lines), n)
    income = random.uniform(0.5, 1.5, len(towns))
    line = np.repeat(list(lines.values()), n)
    included = (random.random(len(towns)) < np.where(income < line, below, 0.05)).astype(int)
    return pd.DataFrame({"town": towns, "income": income, "in": included, "family": range(len(towns))})


def test_the_line_is_the_best_of_all_regressions_on_a_step():
    """Every step is regressed in turn; that with the largest R² gives line, rates and R²."""
    frame = decisions(1, {"a": 0.9}, n=80)
    y = frame["in"].to_numpy(dtype=float)
    r2 = {}
    for value in np.sort(frame["income"])[10:71]:
        step = np.column_stack([np.ones(80), frame["income"] < value])
        residual = y - step @ np.linalg.lstsq(step, y, rcond=None)[0]
        r2[value] = 1 - residual @ residual / ((y - y.mean()) ** 2).sum()
    best = max(r2, key=r2.get)
    found = find_lines(frame, **NAMES).lines[0]
    assert found.line == best
    assert found.r2 == pytest.approx(r2[best], rel=1e-9)
    assert found.rate_below == pytest.approx(y[frame["income"] < best].mean())
    assert found.jump == pytest.approx(y[frame["income"] < best].mean() - y[frame["income"] >= best].mean())
    assert found.n_below == (frame["income"] < best).sum()


def test_a_rule_without_exceptions_is_found_between_its_neighbours():
    frame = pd.DataFrame({"income": range(100), "in": [1] * 40 + [0] * 60, "town": 7, "family": range(100)})
    found = find_lines(frame, **NAMES).lines[0]
    assert (found.group, found.line, found.conf_low, found.conf_high) == (7, 40.0, 39.0, 40.0)
    assert (found.rate_below, found.rate_above, found.r2) == (1.0, 0.0, 1.0)


def test_intervals_hold_the_planted_line_at_least_as_often_as_they_say():
    """300 towns: 95% level; conservative by theory, for the jump is not small."""
    lines = {f"town {k}": 0.8 + 0.001 * k for k in range(300)}
    found = find_lines(decisions(2, lines, n=200), **NAMES).tidy()
    truth = found["group"].map(lines)
    held = ((found["conf_low"] <= truth) & (truth <= found["conf_high"])).mean()
    assert held > 0.95 - 2 * np.sqrt(0.95 * 0.05 / 300)
    assert (found["line"] - truth).abs().median() < 0.02
    assert (found["conf_high"] - found["conf_low"]).median() < 0.15


def test_groups_without_a_line_are_named():
    frame = decisions(3, {"a": 0.9, "b": 1.1}, n=60)
    frame = pd.concat([frame[frame["town"] == "a"], frame[frame["town"] == "b"].assign(**{"in": 0})])
    few = frame[frame["town"] == "a"].head(15).assign(town="few", income=range(15), **{"in": [0, 1, 1] * 5})
    found = find_lines(pd.concat([frame, few]), **NAMES)
    assert [line.group for line in found.lines] == ["a"]
    assert [(left.term, left.reason) for left in found.refused] == [
        ("b", "the decision is 0 in every row (60)"),
        ("few", "no line leaves 10 of 15 row(s) on each side"),
    ]


def test_missing_rows_are_counted_and_bad_columns_named():
    frame = decisions(4, {"a": 0.9})
    holed = frame.assign(income=frame["income"].where(frame.index >= 20))
    assert [(drop.reason, drop.n_obs) for drop in find_lines(holed, **NAMES).dropped] == [
        ("missing income", 20)
    ]
    with pytest.raises(Faults, match="values 0, 2"):
        find_lines(frame.assign(**{"in": 2 * frame["in"]}), **NAMES)
    with pytest.raises(Faults, match="did you mean 'town'"):
        find_lines(frame, **(NAMES | {"group": "towns"}))


@pytest.fixture(scope="module")
def screened() -> pd.DataFrame:
    """Household-years open to inclusion in the bundled county; `ratio` is last year's income to its line."""
    region = read_region("laoling", Path(__file__).parents[3])
    tables = read_tables(region, lambda step: None).frames
    rows = screening(build_panel(tables, region).frame, region.line_by_year)
    return rows.assign(ratio=rows["distance"] + 1)


def test_the_bundled_county_s_sixteen_lines_are_recovered(screened):
    """Planted in truth.yaml. With 95% intervals, 14 or more of 16 are covered in 96% of draws."""
    truth = yaml.safe_load((Path(__file__).parents[3] / "data/laoling/truth.yaml").read_text("utf-8"))
    planted = {code: rules["line_factor"] for code, rules in truth["townships"].items()}
    found = find_lines(
        screened, decision="included", running="ratio", group="township_code", entity="household_id"
    ).tidy()
    line = found["group"].astype(str).map(planted)
    assert len(found) == 16
    assert ((found["conf_low"] <= line) & (line <= found["conf_high"])).sum() >= 14
    assert (found["line"] - line).abs().max() < 0.03
