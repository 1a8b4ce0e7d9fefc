"""Independent jobs side by side on the processors there are."""

import os
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed, wait
from functools import partial
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

from threadpoolctl import threadpool_limits

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class Workers:
    """Processes that are started once and take the jobs of several steps; with one processor, none."""

    def __init__(self) -> None:
        count = os.cpu_count() or 1
        spawned = get_context("spawn")
        self.pool = ProcessPoolExecutor(count, mp_context=spawned) if count > 1 else None

    def run(
        self, step: str, jobs: Mapping[Key, Callable[[], Found]], progress: Callable[[str], None]
    ) -> dict[Key, Found]:
        """Return what each job returns, in the order given; the longest should be given first.

        Every job computes on one thread: faster side by side, and always the same sums. Where one fails, the
        others have ended when its error is raised, so that none writes to what the caller clears away.
        """
        if self.pool is None:
            return {name: on_one_thread(job) for name, job in jobs.items()}
        waiting = {self.pool.submit(on_one_thread, job): name for name, job in jobs.items()}
        found = {}
        try:
            for done, job in enumerate(as_completed(waiting), 1):
                found[waiting[job]] = job.result()
                progress(f"{step}: {done} of {len(jobs)}")
        finally:
            for job in waiting:
                job.cancel()
            wait(waiting)
        return {name: found[name] for name in jobs}

    def start(self, job: Callable[[], Found]) -> Callable[[], Found]:
        """Start one job beside others; what is returned waits for its result."""
        return (
            partial(on_one_thread, job) if self.pool is None else self.pool.submit(on_one_thread, job).result
        )

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)


def on_one_thread(job: Callable[[], Found]) -> Found:
    """Return what a job returns, computed without threads."""
    with threadpool_limits(1):
        return job()
