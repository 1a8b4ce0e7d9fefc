import json
import shutil

import pytest

from analysis.edition import open_edition, open_paper, registry_path
from analysis.faults import Faults
from analysis.study import explain, fresh_registry, silent


@pytest.fixture(scope="module")
def project(small_project, tmp_path_factory):
    """The small project with its findings computed, in a folder of this module's own."""
    root = tmp_path_factory.mktemp("computed") / "project"
    shutil.copytree(small_project, root)
    fresh_registry(root, "laoling", silent)
    return root


def test_what_was_computed_is_fresh(project):
    assert open_edition(project, "laoling").registry is not None


def test_computing_twice_gives_the_same_bytes(project):
    stored = registry_path(project, "laoling")
    first = stored.read_bytes()
    pictures = {path.name: path.read_bytes() for path in (project / "figures" / "laoling").iterdir()}
    stored.unlink()
    fresh_registry(project, "laoling", silent)
    assert stored.read_bytes() == first
    assert {path.name: path.read_bytes() for path in (project / "figures" / "laoling").iterdir()} == pictures


def test_every_figure_has_picture_data_caption_and_alt_text(project):
    registry = open_edition(project, "laoling").registry
    folder = project / "figures" / "laoling"
    for name, figure in registry.figures.items():
        assert {path.suffix for path in folder.glob(f"{name}.*")} == {".svg", ".png", ".csv", ".json"}
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert about["caption"] == figure.caption
        assert len(about["alt"]) > 20


@pytest.mark.parametrize(
    "changed",
    [
        "data/codebook.yaml",
        "data/laoling/region.yaml",
        "data/laoling/raw/家庭成员.csv",
        "analysis/panel/income.py",
    ],
)
def test_findings_are_stale_once_a_file_or_the_code_has_changed(project, changed):
    path = project / changed
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    try:
        assert open_edition(project, "laoling").registry is None
    finally:
        path.write_bytes(before)
    assert open_edition(project, "laoling").registry is not None


def test_a_change_of_the_text_leaves_the_findings_fresh(project):
    path = project / "report" / "_data.qmd"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert open_edition(project, "laoling").registry is not None


def test_a_paper_is_never_set_from_stale_findings(project, monkeypatch):
    monkeypatch.chdir(project / "report")
    stored = registry_path(project, "laoling")
    whole = stored.read_text(encoding="utf-8")
    stored.write_text(whole.replace('"stamp": "', '"stamp": "x'), encoding="utf-8")
    try:
        with pytest.raises(Faults) as caught:
            open_paper()
    finally:
        stored.write_text(whole, encoding="utf-8")
    (fault,) = caught.value.faults
    assert fault.found == "the findings of laoling are missing or older than its files or the code"
    assert fault.mend == "run `study estimate laoling`"


def test_an_explained_number_names_value_maker_and_files(project):
    text = explain(project, "laoling", "posts.total", silent)
    number = open_edition(project, "laoling").registry.number("posts.total")
    assert text.startswith("posts.total\n  Effect of public-welfare posts on net income per capita\n")
    assert f"made in {number.maker}" in text
    assert "data/laoling/raw/公益性岗位台账.csv" in text


def test_an_unknown_id_is_a_fault_with_the_nearest_one(project):
    with pytest.raises(Faults, match=r"did you mean 'posts\.total'"):
        explain(project, "laoling", "posts.totl", silent)


def test_sources_add_up_to_the_effect_on_total_income(project):
    registry = open_edition(project, "laoling").registry
    total = registry.number("posts.total").value
    without = registry.number("posts.without").value
    # the effect on income is the effect without the pay, and the effect on the pay
    kept = registry.number("posts.kept").value
    assert (total - without) * kept == pytest.approx(total, rel=1e-9)


def interrupted(drawing, fresh, mark):
    (fresh / "half.svg").write_text("half", encoding="utf-8")
    raise KeyboardInterrupt


def test_an_interrupted_run_leaves_the_last_figures_whole(project, monkeypatch):
    folder = project / "figures" / "laoling"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    stored = registry_path(project, "laoling")
    whole = stored.read_bytes()
    stored.unlink()
    monkeypatch.setattr("analysis.output.write_figure", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fresh_registry(project, "laoling", silent)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["laoling"]
    stored.write_bytes(whole)
