"""Primary designs against what was planted in the bundled county."""

from dataclasses import replace

import pytest

from analysis.designs.all_designs import estimate_designs
from analysis.findings.own_truth import own_truth_findings, own_truth_reasons, own_truths
from analysis.panel.build import build_panel
from analysis.region import read_region
from analysis.sources.tables import read_tables
from analysis.synthetic.known import planted_truth
from analysis.synthetic.truth import Truth


@pytest.fixture(scope="module")
def region():
    return read_region("laoling")


@pytest.fixture(scope="module")
def designs(region):
    tables = read_tables(region, lambda step: None).frames
    return estimate_designs(build_panel(tables, region), tables, region)


def test_the_file_of_truth_says_what_the_process_planted(region):
    assert planted_truth(region.folder / "truth.yaml") == Truth()


def test_every_primary_interval_of_the_bundled_county_holds_its_own_truth(designs, region):
    truths = own_truths(designs, region)
    numbers = {number.id: number.value for number in own_truth_findings(truths, region)}
    assert set(truths) == {"posts", "subsidies", "projects"}
    assert numbers["recovery.primary_held"] == numbers["recovery.primary"] == 3


def test_files_that_the_process_did_not_write_have_no_truth(designs, region):
    posts = next(found for found in designs if found.instrument == "posts")
    primary = posts.primary
    moved = replace(primary, estimate=replace(primary.estimate, estimate=primary.estimate.estimate + 1))
    truths = own_truths((replace(posts, estimates=(moved,)),), region)
    assert truths == {}
    assert all(own_truth_reasons(truths).values())
