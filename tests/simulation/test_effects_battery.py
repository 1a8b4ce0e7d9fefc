from analysis.faults import Fault, Faults
from analysis.region import read_region
from analysis.simulation.effects_battery import measure_county
from analysis.simulation.scenarios import EFFECTS


def test_a_design_that_refuses_a_county_leaves_the_others_standing(monkeypatch):
    def refusing(*_):
        raise Faults([Fault("panel", "too few", "more", "widen it")])

    monkeypatch.setattr("analysis.simulation.effects_battery.with_rule", refusing)
    found = {measure.design for measure in measure_county(EFFECTS["none"], 0, read_region("laoling"))}
    assert not any(design.startswith("subsidies, revision") for design in found)
    assert {"posts, end of term", "projects, imputation", "policy in 8 townships, wild bootstrap"} <= found
