"""Many outcomes by many specifications, side by side on the processors there are."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_ladder, fit_panel
from analysis.estimates.results import Fit


def fit_all(
    study: pd.DataFrame,
    outcomes: tuple[str, ...],
    design: PanelDesign,
    ladder: tuple[Specification, ...],
    progress: Callable[[str], None],
) -> dict[tuple[str, Specification], Fit]:
    """Fit every outcome by every specification, the outcomes side by side on the processors there are."""
    workers = min(os.cpu_count() or 1, len(outcomes))
    if workers == 1:
        return {
            (outcome, step): fit_panel(study, outcome, design, step)
            for outcome in outcomes
            for step in ladder
        }
    fits = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(fit_on_one_thread, study, outcome, design, ladder) for outcome in outcomes]
        for done, job in enumerate(as_completed(jobs), 1):
            for step, fit in zip(ladder, job.result(), strict=True):
                fits[fit.outcome, step] = fit
            progress(f"estimating the effects: {done} of {len(jobs)} outcomes")
    return fits


def fit_on_one_thread(
    study: pd.DataFrame, outcome: str, design: PanelDesign, ladder: tuple[Specification, ...]
) -> tuple[Fit, ...]:
    """Fit one outcome without threads: faster side by side, and always the same sums."""
    with threadpool_limits(1):
        return fit_ladder(study, outcome, design, ladder)
