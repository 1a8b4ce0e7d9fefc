from collections import Counter
from pathlib import Path

import pytest
import yaml

from analysis.estimates.sensitivity.specification_axes import as_axes, choices, declared_axes
from analysis.faults import Faults

DECLARED = Path(__file__).parents[3] / "data/specifications.yaml"


def small(**changes: object) -> dict[str, object]:
    axes: dict[str, object] = {
        "unit": "yuan",
        "outcome": {"total": "income"},
        "form": ["level", "log"],
        "tails": ["kept"],
        "dose": {"amount": {"column": "subsidy"}},
        "effects": ["pooled", "household_year"],
        "controls": {"none": [], "past": ["size", {"lag": "income"}]},
        "sample": {"all": {}},
    }
    return axes | changes


@pytest.mark.parametrize("instrument", ["subsidies", "projects", "posts"])
def test_at_least_200_specifications_are_declared_for_each_effect(instrument):
    found = choices(declared_axes(DECLARED, instrument))
    assert len(found) == len(set(found))
    assert min(Counter(choice.outcome for choice in found).values()) >= 200


def test_what_is_left_out_is_not_among_the_choices():
    rule = {"because": "Nickell", "controls": ["past"], "effects": ["household_year"]}
    found = choices(as_axes(small(leave_out=[rule])))
    # 2 forms x (2 effects x 2 controls - 1)
    assert len(found) == 6
    assert ("past", "household_year") not in {(choice.controls, choice.effects) for choice in found}


def test_an_unknown_axis_a_value_and_an_unknown_rule_are_faults():
    with pytest.raises(Faults, match="unknown key 'weight'"):
        as_axes(small(weight=["none"]))
    with pytest.raises(Faults, match=r"axes: form\.0"):
        as_axes(small(form=["square root"]))
    with pytest.raises(Faults) as raised:
        as_axes(small(leave_out=[{"because": "a slip", "controls": ["pasts"]}]))
    assert str(raised.value) == (
        "axes.leave_out.0.controls: unknown value 'pasts'\n    allowed: none, past\n"
        "    mend: did you mean 'past'?"
    )
    with pytest.raises(Faults, match="no axis is named"):
        as_axes(small(leave_out=[{"because": "nothing"}]))
    with pytest.raises(Faults, match="a value given twice"):
        as_axes(small(form=["log", "log"]))


def test_too_few_specifications_and_an_unknown_instrument_are_faults(tmp_path):
    path = tmp_path / "specifications.yaml"
    path.write_text(yaml.safe_dump({"instruments": {"posts": small()}}))
    with pytest.raises(Faults, match="8 specifications of 'total'\n    allowed: 200 or more"):
        declared_axes(path, "posts")
    with pytest.raises(Faults, match="no 'post'\n    allowed: posts\n    mend: did you mean 'posts'"):
        declared_axes(path, "post")
