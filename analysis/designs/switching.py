"""Other designs for posts: who starts and stops, and what happens around the scheduled end of a term."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.judged import judged_estimate
from analysis.designs.kinds import DesignEstimate, EventPath, InstrumentDesigns, path_rows
from analysis.designs.posts import with_schedule
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.switching.expiry_path import ExpiryPath, expiry_path
from analysis.estimates.switching.switch_path import SwitchPath, switch_path
from analysis.estimates.switching.switchers import Switchers, switchers
from analysis.panel.build import Panel

HOLDS = "holds a post"
EFFECTS, PLACEBOS = 4, 3
SHOWN = (-3, 1)
NO_AGE_LIMIT = NotApplicable("Age limit", "the records hold no age limit of posts")
MOVES = (
    ("in", "Switchers in", "households whose months rise, against those with as many before who keep them"),
    ("out", "Switchers out", "households whose months fall, against those with as many before who keep them"),
)


def fit_switchers(panel: Panel) -> Switchers:
    """Return the change of income of households whose months in posts change, per post-year."""
    return switchers(
        panel.study,
        outcome=panel.outcome,
        dose="posts",
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
    )


def fit_first_start(panel: Panel) -> SwitchPath:
    """Return income by year since a household first takes a post.

    The year before a first end is not a base: in most households the term ends within it.
    """
    frame = panel.study
    return switch_path(
        frame.assign(**{HOLDS: (frame["posts"] > 0).astype("float64")}),
        outcome=panel.outcome,
        dose=HOLDS,
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        group=panel.coarse_cluster,
        effects=EFFECTS,
        placebos=PLACEBOS,
        direction="in",
    )


def all_years(panel: Panel, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return all years of households with a first term, those before its start included."""
    terms = with_schedule(panel.study, ledger).drop_duplicates("household_id")
    terms = terms[["household_id", "start_year", "expiry"]]
    return panel.study.merge(terms, on="household_id", how="inner", validate="many_to_one")


def fit_expiry(rows: pd.DataFrame, panel: Panel, window: tuple[int, int] = SHOWN) -> ExpiryPath:
    """Return income by year since the scheduled end of the first term."""
    return expiry_path(
        rows,
        outcome=panel.outcome,
        dose="posts",
        cohort="start_year",
        expiry="expiry",
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        window=window,
    )


def switch_designs(panel: Panel, tables: Mapping[str, pd.DataFrame], plausible: float) -> InstrumentDesigns:
    """Return the designs beside the end of a term, each where the records allow it."""
    moved = attempted("Switchers", lambda: fit_switchers(panel))
    rows = all_years(panel, tables["posts"])
    paths = (
        attempted("Scheduled end of a term", lambda: expired(fit_expiry(rows, panel))),
        attempted("First start", lambda: started(fit_first_start(panel))),
    )
    estimates = () if isinstance(moved, NotApplicable) else tuple(moves_of(moved, plausible))
    gaps = tuple(found for found in (moved, *paths) if isinstance(found, NotApplicable))
    return InstrumentDesigns(
        "posts",
        estimates,
        paths=tuple(path for path in paths if isinstance(path, EventPath)),
        missing=(*gaps, NO_AGE_LIMIT),
    )


def moves_of(moved: Switchers, plausible: float) -> Iterator[DesignEstimate]:
    """Yield the effect by direction, and the change in the year before the switch."""
    effects = {"in": moved.into, "out": moved.out}
    placebos = {"in": moved.placebo_into, "out": moved.placebo_out}
    for key, label, says in MOVES:
        effect, placebo = effects[key], placebos[key]
        if effect is not None:
            yield judged_estimate(f"switch_{key}", label, says, effect, plausible)
        if placebo is not None:
            name = f"{label}: year before, should be none"
            yield judged_estimate(f"switch_{key}_placebo", name, says, placebo, plausible)


def expired(found: ExpiryPath) -> EventPath:
    """Return the path of income around the scheduled end."""
    return EventPath("expiry", "Scheduled end of the first term", path_rows(found.outcome.estimates))


def started(found: SwitchPath) -> EventPath:
    """Return the path of income around the first start, years before it first."""
    rows = path_rows((*reversed(found.placebos), *found.effects))
    return EventPath("start", "First start of a post", rows)
