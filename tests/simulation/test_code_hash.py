from pathlib import Path

import pytest

from analysis.simulation.code_hash import code_hash, essence, reached
from analysis.simulation.record import MEASURED


def test_docstrings_and_comments_do_not_change_what_code_does():
    assert essence('def f(x):\n    """One."""\n    return x\n') == essence(
        "def f(x):\n    # none\n    return x\n"
    )


def test_a_changed_constant_changes_what_code_does():
    assert essence("LEVEL = 0.95\n") != essence("LEVEL = 0.90\n")


@pytest.fixture
def project(tmp_path):
    for name, text in {
        "simulation/battery": "from analysis.estimates.a import A\n",
        "estimates/a": "from analysis.estimates import b\nA = 1\n",
        "estimates/b": "B = 1\n",
        "estimates/alone": "C = 1\n",
    }.items():
        path = tmp_path / "analysis" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("module", "changes"), [("estimates/b", True), ("estimates/alone", False)])
def test_the_hash_changes_with_modules_that_the_battery_reaches_and_no_others(project, module, changes):
    before = code_hash(project, "analysis.simulation.battery")
    (project / "analysis" / f"{module}.py").write_text("B = 2\n", encoding="utf-8")
    assert (code_hash(project, "analysis.simulation.battery") != before) is changes


def test_the_battery_reaches_process_panel_and_estimators():
    root = Path(__file__).parents[2]
    names = {path.relative_to(root / "analysis").as_posix() for path in reached(root, MEASURED["effects"][0])}
    assert {"synthetic/income.py", "panel/build.py", "estimates/staggered/imputation.py"} <= names


def test_the_hash_changes_with_the_files_that_are_named(project):
    declared = project / "claims.yaml"
    declared.write_text("harmless: 1\n", encoding="utf-8")
    before = code_hash(project, "analysis.simulation.battery", Path("claims.yaml"))
    declared.write_text("harmless: 2\n", encoding="utf-8")
    assert code_hash(project, "analysis.simulation.battery", Path("claims.yaml")) != before
