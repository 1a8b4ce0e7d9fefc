import numpy as np
import pandas as pd
import pytest

from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.sensitivity.specification_axes import Axes, as_axes, choices
from analysis.estimates.sensitivity.specification_curve import SpecificationCurve, specification_curve
from analysis.faults import Faults

LADDER = {
    "pooled": Specification("none", "common"),
    "pooled_group_year": Specification("none", "by_group"),
    "household": Specification("fixed", "none"),
    "household_year": Specification("fixed", "common"),
    "household_group_year": Specification("fixed", "by_group"),
}
KEYS = {"entity": "household", "period": "year", "clusters": "village", "group": "township"}


def axes(**changes: object) -> Axes:
    content: dict[str, object] = {
        "unit": "yuan for a yuan",
        "outcome": {"total": "income"},
        "form": ["level", "share of mean", "asinh", "log"],
        "tails": ["kept", "winsorised 5%", "trimmed 1%"],
        "dose": {
            "amount": {"column": "subsidy"},
            "any": {"column": "post", "take": "any"},
            "before": {"column": "subsidy", "take": "lag"},
        },
        "effects": list(LADDER),
        "controls": {"none": [], "size": ["size"], "past": ["size", {"lag": "income"}]},
        "sample": {
            "all": {},
            "without 2019": {"without": {"year": [2019]}},
            "large": {"at_least": {"size": 2}},
            "balanced": {"balanced": True},
        },
    }
    return as_axes(content | changes)


@pytest.fixture(scope="module")
def panel(unbalanced: pd.DataFrame) -> pd.DataFrame:
    """Incomes around 3, some below zero, some controls missing, rows out of order."""
    frame = unbalanced.assign(income=unbalanced["income"] + 3)
    frame.loc[frame.index % 17 == 0, "size"] = np.nan
    return frame.sample(frac=1, random_state=1).reset_index(drop=True)


@pytest.fixture(scope="module")
def curve(panel: pd.DataFrame) -> SpecificationCurve:
    return specification_curve(panel, axes(), **KEYS)


def by_hand(panel: pd.DataFrame, row: pd.Series) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The table of one specification with `f`, `d` and its controls, made with pandas."""
    frame = panel.copy()
    previous = frame[["household", "year", "income", "subsidy"]].assign(year=frame["year"] + 1)
    frame = frame.merge(previous, on=["household", "year"], how="left", suffixes=("", "_before"))
    seen = frame.groupby("household")["year"].transform("size")
    inside = {
        "all": frame["year"] > 0,
        "without 2019": frame["year"] != 2019,
        "large": frame["size"] >= 2,
        "balanced": seen == frame["year"].nunique(),
    }[row["sample"]]
    frame = frame[inside]
    low, high = {"kept": (0, 1), "winsorised 5%": (0.05, 0.95), "trimmed 1%": (0.01, 0.99)}[row["tails"]]
    low, high = frame["income"].quantile([low, high])
    y = frame["income"].clip(low, high)
    if row["tails"] == "trimmed 1%":
        y = frame["income"].where(frame["income"].between(low, high))
    form = {
        "level": y,
        "share of mean": y / y.mean(),
        "asinh": np.arcsinh(y / y.mean()),
        "log": np.log(y.where(y > 0)),
    }
    dose = {
        "amount": frame["subsidy"],
        "any": (frame["post"] != 0).astype(float),
        "before": frame["subsidy_before"],
    }
    controls = {"none": (), "size": ("size",), "past": ("size", "income_before")}[row["controls"]]
    return frame.assign(f=form[row["form"]], d=dose[row["dose"]]), controls


def test_random_specifications_are_those_of_fit_panel(panel, curve):
    for _, row in curve.table.sample(60, random_state=2).iterrows():
        frame, controls = by_hand(panel, row)
        design = PanelDesign("household", "year", ("d",), controls, "village", "township")
        second = fit_panel(frame, "f", design, LADDER[row["effects"]]).estimate("d")
        assert row["estimate"] == pytest.approx(second.estimate, rel=1e-8, abs=1e-10)
        assert row["std_error"] == pytest.approx(second.std_error, rel=1e-8)
        assert row["p_value"] == pytest.approx(second.p_value, rel=1e-6, abs=1e-14)
        assert (row["n_obs"], row["n_clusters"]) == (second.n_obs, second.n_clusters)


def test_every_declared_specification_is_run_once(curve):
    assert len(curve.table) == len(choices(axes())) == 4 * 3 * 3 * 5 * 3 * 4
    assert not curve.table.duplicated(["form", "tails", "dose", "effects", "controls", "sample"]).any()
    assert (curve.table["note"] == "").all()


def test_effects_on_shares_in_the_common_unit_are_those_on_levels(curve):
    choice = ["tails", "dose", "effects", "controls", "sample"]
    levels, shares = (curve.table[curve.table["form"] == form] for form in ("level", "share of mean"))
    both = levels.merge(shares, on=choice, validate="one_to_one", suffixes=("", "_of_shares"))
    assert np.allclose(both["effect"], both["effect_of_shares"], rtol=1e-10)


def test_a_proportional_effect_is_the_same_in_levels_and_logarithms():
    """`log y = 0.1 d`: a unit of d adds a tenth of the mean income of 1,000 at the margin."""
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"household": np.repeat(range(3_000), 2), "year": np.tile([1, 2], 3_000)})
    frame["d"] = random.integers(2, size=len(frame)) * 0.1
    frame["income"] = 1_000 * np.exp(0.1 * frame["d"] + 0.01 * random.normal(size=len(frame)))
    frame["village"] = frame["household"] // 20
    one = {"dose": {"d": {"column": "d"}}, "controls": {"none": []}, "sample": {"all": {}}, "tails": ["kept"]}
    few = axes(**one, effects=["household_year"])
    found = specification_curve(frame, few, entity="household", period="year", clusters="village").table
    for row in found.itertuples():
        assert abs(row.effect - 100) < 4 * (row.effect_high - row.effect) / 1.96 + 0.6


def test_the_effect_of_any_post_is_shared_among_its_post_years(panel, curve):
    doubled = specification_curve(panel.assign(post=2 * panel["post"]), axes(), **KEYS).table
    choice = ["form", "tails", "dose", "effects", "controls", "sample"]
    both = curve.table.merge(doubled, on=choice, validate="one_to_one", suffixes=("", "_doubled"))
    any_post = both[both["dose"] == "any"]
    assert np.allclose(any_post["estimate"], any_post["estimate_doubled"])
    assert np.allclose(any_post["effect"], 2 * any_post["effect_doubled"])


def test_rows_that_a_logarithm_loses_are_counted(panel, curve):
    row = curve.table.query("form == 'log' and tails == 'kept' and sample == 'all'").iloc[0]
    assert row["n_nonpositive"] == (panel["income"] <= 0).sum() > 0


def test_influences_add_up_to_the_variance(curve):
    row = curve.table.query("effects == 'household_year' and controls == 'size'").iloc[3]
    bare = (curve.influence[row.name] ** 2).sum()
    # one treatment, one control, six years; households are nested in villages
    n, g, k = (
        row["n_obs"],
        row["n_clusters"],
        2 + 6 - (row["sample"] == "without 2019") - (row["dose"] == "before"),
    )
    assert row["std_error"] ** 2 == pytest.approx(bare * g / (g - 1) * (n - 1) / (n - k), rel=1e-9)


def test_the_summary_of_a_curve_by_hand():
    table = pd.DataFrame(
        {
            "effect": [-1.0, 1.0, 2.0, 3.0, np.nan],
            "p_value": [0.01, 0.2, 0.04, 0.001, np.nan],
            "note": [""] * 4 + ["x"],
        }
    )
    found = SpecificationCurve(table, "yuan", 0.95, "village", np.zeros((5, 2))).summary()
    assert (found.n_specifications, found.n_estimated, found.median) == (5, 4, 1.5)
    assert (found.share_same_sign, found.share_significant) == (0.75, 0.75)
    assert found.share_significant_same_sign == 0.5
    assert (found.lowest, found.highest) == (-1, 3)


def test_the_curve_of_one_value_has_its_rows_and_their_influences(curve):
    logs = curve.only("form", "log")
    kept = curve.table.index[curve.table["form"] == "log"]
    assert logs.table["estimate"].tolist() == curve.table.loc[kept, "estimate"].tolist()
    assert (logs.influence == curve.influence[kept]).all()
    with pytest.raises(Faults, match="no 'logs'\n    allowed: asinh, level, log, share of mean"):
        curve.only("form", "logs")


def test_a_treatment_that_effects_absorb_is_noted_and_not_estimated(panel):
    fixed = panel.assign(subsidy=panel["household"] % 2)
    few = axes(dose={"amount": {"column": "subsidy"}}, effects=["pooled", "household_year"])
    found = specification_curve(fixed, few, **KEYS)
    absorbed = found.table["effects"] == "household_year"
    assert (found.table.loc[absorbed, "note"] == "effects and controls absorb the treatment").all()
    assert found.table.loc[absorbed, "estimate"].isna().all()
    assert found.summary().n_estimated == (~absorbed).sum()


def test_names_that_cannot_be_served_are_refused(panel):
    with pytest.raises(Faults, match="'income_'"):
        specification_curve(panel, axes(outcome={"total": "income_"}), **KEYS)
    with pytest.raises(Faults, match="name the group"):
        specification_curve(panel, axes(), entity="household", period="year", clusters="village")
    with pytest.raises(Faults, match="leaves out 1999, which is never there"):
        specification_curve(panel, axes(sample={"odd": {"without": {"year": [1999]}}}), **KEYS)
    with pytest.raises(Faults, match="has no row with 'income'"):
        specification_curve(panel, axes(sample={"none": {"at_least": {"size": 99}}}), **KEYS)
    with pytest.raises(Faults, match="a single cluster"):
        specification_curve(panel.assign(village=1), axes(), **KEYS)
