import pandas as pd
import pytest

from analysis.simulation.record import measured_code, read_record, write_record

MEASURES = pd.DataFrame(
    [
        {
            "scenario": "none",
            "county": county,
            "design": "d",
            "estimate": estimate,
            "std_error": 1.0,
            "conf_low": estimate - 2,
            "conf_high": estimate + 2,
            "rejects": 0.0,
            "truth": 0.0,
            "average": 0.0,
        }
        for county, estimate in enumerate((1.0, -1.0))
    ]
)


@pytest.fixture
def project(tmp_path):
    battery = tmp_path / "analysis" / "simulation" / "effects_battery.py"
    battery.parent.mkdir(parents=True)
    battery.write_text("A = 1\n", encoding="utf-8")
    write_record(tmp_path, "effects", MEASURES, measured_code(tmp_path, "effects"))
    return tmp_path


def test_a_record_comes_back_as_it_was_written(project):
    found = read_record(project, "effects").of("none", "d")
    assert (found.counties, found.bias, found.rmse, found.coverage, found.rejected) == (2, 0.0, 1.0, 1.0, 0.0)


def test_a_record_is_stale_once_the_measured_code_changes(project):
    assert read_record(project, "effects").fresh
    (project / "analysis" / "simulation" / "effects_battery.py").write_text("A = 2\n", encoding="utf-8")
    assert not read_record(project, "effects").fresh


def test_a_design_that_was_not_measured_is_an_error(project):
    with pytest.raises(KeyError, match="other was not measured in none"):
        read_record(project, "effects").of("none", "other")


def test_a_project_without_a_record_has_none(tmp_path):
    assert read_record(tmp_path, "effects") is None
