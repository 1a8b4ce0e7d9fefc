"""How long the study takes, in seconds and beside one panel regression of another program in the same run."""

import os
import platform
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from threadpoolctl import threadpool_limits

from analysis.edition import open_edition
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.second_engine import fit_second
from analysis.estimates.wild_bootstrap import wild_bootstrap
from analysis.findings.chapter import Evidence
from analysis.findings.chapters import CHAPTERS
from analysis.freshness import stamp
from analysis.panel.build import Panel
from analysis.recipe import gather
from analysis.side_by_side import Workers

DRAWS = 99_999
RECORD = Path("data") / "benchmark" / "benchmark.yaml"
HEAD = "# Made by `study benchmark`; never edited.\n"
REFERENCE = "two-way regression by linearmodels"


@dataclass(frozen=True, slots=True)
class Timing:
    """One step: seconds of the clock, and how many times those of the reference."""

    step: str
    seconds: float
    ratio: float


def benchmark(root: Path, slug: str, progress: Callable[[str], None]) -> Path:
    """Time the study of a region, record it with the hash of code and inputs; return the record's path."""
    seconds: dict[str, float] = {}
    with timed("whole battery, side by side", seconds), Workers() as workers:
        evidence = gather(open_edition(root, slug), workers, progress)
        workers.run("writing the chapters", {c.__name__: partial(c, evidence) for c in CHAPTERS}, progress)
    with threadpool_limits(1):
        for step, job in jobs_of(evidence):
            progress(step)
            with timed(step, seconds):
                job()
    return write(root, slug, timings(seconds))


@contextmanager
def timed(step: str, seconds: dict[str, float]) -> Iterator[None]:
    """Put the seconds of a block into a mapping under the name of a step."""
    began = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - began


def jobs_of(evidence: Evidence) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what is timed alone and on one thread: the reference, the bootstraps, the chapters."""
    panel = evidence.panel
    villages, townships = (
        design_of(panel, cluster) for cluster in (panel.fine_cluster, panel.coarse_cluster)
    )
    yield REFERENCE, partial(fit_second, panel.study, panel.outcome, villages, HOUSEHOLD_YEAR)
    for place, design in (("villages", villages), ("townships", townships)):
        if design.clusters is not None:
            bootstrap = partial(
                wild_bootstrap, panel.study, panel.outcome, design, panel.instruments[0], draws=DRAWS, seed=1
            )
            yield f"{DRAWS:,} bootstrap draws over {place}", bootstrap
    for chapter in CHAPTERS:
        yield f"chapter {chapter.__name__.replace('_', ' ')}", partial(chapter, evidence)


def design_of(panel: Panel, clusters: str | None) -> PanelDesign:
    """Return the panel regression of the study with errors by `clusters`."""
    return PanelDesign("household_id", "year", panel.instruments, panel.controls, clusters=clusters)


def timings(seconds: dict[str, float]) -> list[Timing]:
    """Return seconds and ratios to the reference."""
    base = seconds[REFERENCE]
    return [Timing(step, round(value, 2), round(value / base, 2)) for step, value in seconds.items()]


def write(root: Path, slug: str, found: list[Timing]) -> Path:
    """Write the record: what was measured, where, and of which code and inputs."""
    measured = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    largest = max(resource.getrusage(who).ru_maxrss for who in measured)
    content = {
        "code": stamp(root, open_edition(root, slug).inputs),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "reference": REFERENCE,
        "largest_process_gigabytes": round(largest / 2**20, 2),
        "steps": {timing.step: {"seconds": timing.seconds, "ratio": timing.ratio} for timing in found},
    }
    path = root / RECORD
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + yaml.safe_dump(content, sort_keys=False), encoding="utf-8", newline="\n")
    return path
