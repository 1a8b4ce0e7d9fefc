"""A small synthetic region in a project folder of its own, made once for all tests that need one."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.region import read_region
from analysis.simulation.claim_scenarios import CLAIMS, NO_PROBLEM
from analysis.study import silent
from analysis.synthetic.synthesis import synthesize
from analysis.synthetic.truth import Truth

PROJECT = Path(__file__).parents[1]
PARTS = (
    "analysis",
    "report",
    "_quarto.yml",
    "requirements.lock",
    "data/codebook.yaml",
    "data/specifications.yaml",
    "data/claims.yaml",
    "data/laoling/region.yaml",
)


def copy_project(folder: Path) -> Path:
    """Copy what a study needs but its raw data into `folder`."""
    for part in PARTS:
        source, target = PROJECT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


@pytest.fixture(scope="session")
def small_project(tmp_path_factory) -> Path:
    """A project whose Laoling has 400 registered households in 32 villages."""
    root = copy_project(tmp_path_factory.mktemp("a project"))
    region = read_region("laoling", root)
    truth = Truth(households_registered=400, households_ordinary=60, villages=32)
    synthesize(region.folder, region.codebook, region, truth=truth, progress=silent)
    return root


@pytest.fixture(scope="session")
def project_without_problems(tmp_path_factory) -> Path:
    """A project whose Laoling has none of the problems, no band of post funds and no supervised posts."""
    root = copy_project(tmp_path_factory.mktemp("without problems"))
    region = read_region("laoling", root)
    truth = replace(CLAIMS[NO_PROBLEM].county(7), post_band="linear", supervised_townships=0)
    synthesize(region.folder, region.codebook, region, truth=truth, progress=silent)
    return root
