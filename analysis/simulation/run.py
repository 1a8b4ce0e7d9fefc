"""Run the battery on many counties, side by side; what is done survives an interruption."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.region import read_region
from analysis.simulation.batteries import BATTERIES
from analysis.simulation.measures import Measure

BATCH = 5


def simulate(
    root: Path,
    slug: str,
    battery: str,
    folder: Path,
    wanted: dict[str, int],
    workers: int,
    say: Callable[[str], None],
) -> pd.DataFrame:
    """Return one row a measure of a battery in `wanted` counties by scenario.

    Each batch of counties is a file in `folder`, so that a later call takes up where this one stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    batches = list(batches_of(wanted))
    open_ = [batch for batch in batches if not file_of(folder, *batch).is_file()]
    if open_:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            jobs = [pool.submit(run_batch, root, slug, battery, folder, name, start) for name, start in open_]
            for done, job in enumerate(as_completed(jobs), len(batches) - len(open_) + 1):
                job.result()
                say(f"simulating {battery}: {done} of {len(batches)} batches of {BATCH} counties")
    rows = [row for batch in batches for row in json.loads(file_of(folder, *batch).read_text("utf-8"))]
    frame = pd.DataFrame(rows)
    return frame[frame["county"] < frame["scenario"].map(wanted)].reset_index(drop=True)


def batches_of(wanted: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Yield scenario and first county of each batch, the scenarios taking turns."""
    starts = range(0, max(wanted.values()), BATCH)
    yield from ((name, start) for start in starts for name, count in wanted.items() if start < count)


def file_of(folder: Path, name: str, start: int) -> Path:
    """Return where a batch is kept."""
    return folder / f"{name}-{start:05d}.json"


def run_batch(root: Path, slug: str, battery: str, folder: Path, name: str, start: int) -> None:
    """Measure the counties of one batch and keep them, whole or not at all."""
    region = read_region(slug, root)
    found: list[Measure] = []
    measured = BATTERIES[battery]
    with threadpool_limits(1):
        for number in range(start, start + BATCH):
            found += measured.measure(measured.scenarios[name], number, region)
    path = file_of(folder, name, start)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps([asdict(measure) for measure in found]), encoding="utf-8")
    fresh.replace(path)
