"""What the user is promised: the same bytes, warnings, progress, and nothing half done."""

from pathlib import Path

import pytest

from analysis.faults import Faults
from analysis.rendering.render import render
from tests.rendering.conftest import Output
from tests.rendering.project import build


@pytest.fixture(autouse=True)
def without_quarto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: None)


def test_the_same_sources_in_another_folder_give_the_same_bytes(sample: Output, again: Output):
    assert sample.html.read_bytes() == again.html.read_bytes()
    assert sample.pdf.read_bytes() == again.pdf.read_bytes()
    assert sample.docx.read_bytes() == again.docx.read_bytes()


def test_progress_names_every_cell_and_format(sample: Output):
    assert sample.said == (
        "executing",
        "executing cell 1 of 3",
        "executing cell 2 of 3",
        "executing cell 3 of 3",
        "writing html",
        "writing pdf",
        "writing docx",
    )


def test_nothing_to_warn_of_in_the_sample(sample: Output):
    assert sample.draft.warnings == ()


def test_files_are_put_in_place_and_an_uncited_entry_is_told(tmp_path: Path):
    source = build(tmp_path / "p", "Only @sen1999.\n")
    done = render(source, ["html"], tmp_path / "out", environment={}, progress=lambda said: None)
    assert done.files == (tmp_path / "out" / "paper.html",)
    assert "Development as Freedom" in done.files[0].read_text(encoding="utf-8")
    assert done.warnings == ("references.bib: @ravallion2007 is never cited",)
    assert [step for step, _ in done.seconds] == ["executing", "writing html"]


def test_a_failure_leaves_the_last_good_files_and_no_litter(tmp_path: Path):
    source = build(tmp_path / "p", "See @fig-nowhere.\n")
    out = tmp_path / "out"
    out.mkdir()
    (out / "paper.html").write_text("the last good one", encoding="utf-8")
    with pytest.raises(Faults):
        render(source, ["html", "pdf"], out, environment={}, progress=lambda said: None)
    assert [path.name for path in out.iterdir()] == ["paper.html"]
    assert (out / "paper.html").read_text(encoding="utf-8") == "the last good one"
    assert {path.name for path in tmp_path.iterdir()} == {"p", "out"}


def test_a_pdf_that_fails_keeps_back_the_html_that_succeeded(tmp_path: Path):
    source = build(tmp_path / "p", "A rare sign: \U00020bb7.\n")
    with pytest.raises(Faults):
        render(source, ["html", "pdf"], tmp_path / "out", environment={}, progress=lambda said: None)
    assert not (tmp_path / "out").exists()
