"""Changes of dose at reviews: those whose grade changes beside those of the same grade who keep it."""

from dataclasses import dataclass, replace

import pandas as pd

from analysis.estimates.column_checks import plain
from analysis.estimates.need_based.pooled_sample import STEP, change_sample, shifted, with_steps
from analysis.estimates.need_based.two_stage import two_stage
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_sample import complete_rows
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.small_sample import levels
from analysis.faults import Fault, Faults

ESTIMATOR = "change of dose at a review"
CELL, MOVE, Y, D = "  cell", "  move", "  outcome", "  dose"


@dataclass(frozen=True, slots=True)
class EventEstimate:
    """An estimate at an event time: periods since the review, negative before it."""

    event_time: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class ChangeOfDose:
    """Paths by event time, relative to the period before the review.

    `outcome_path` and `dose_path` are per unit by which the review moved the amount; `effects`, from
    the review on, are changes of the outcome per unit of change of the dose, instrumented by that move.
    """

    outcome_path: tuple[EventEstimate, ...]
    dose_path: tuple[EventEstimate, ...]
    effects: tuple[EventEstimate, ...]
    n_raised: int
    n_lowered: int
    dropped: tuple[Dropped, ...]


def reviews_of(rows: pd.DataFrame, amount: str, entity: str, group: str) -> pd.DataFrame:
    """Return rows with a preceding period, the cell of equal prior amounts, and the move beyond the rule.

    The most frequent amount of a cell (group, period, prior amount) is what the rule now pays to those
    who keep their grade; the move is the amount less that one.
    """
    prior = shifted(rows, entity, [amount], -1)[amount].round(4)
    known = rows.assign(**{MOVE: rows[amount].astype("float64").round(4)})[prior.notna()]
    keys = [known[group], known[STEP], prior[prior.notna()]]
    cell = known.groupby(keys, observed=True).ngroup()
    counts = known.groupby([cell.rename(CELL), MOVE]).size().reset_index(name="n")
    usual = counts.sort_values([CELL, "n", MOVE], ascending=[True, False, True]).drop_duplicates(CELL)
    return known.assign(**{CELL: cell, MOVE: (known[MOVE] - cell.map(usual.set_index(CELL)[MOVE])).round(4)})


def contrasted(reviews: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of cells in which some amounts moved and others did not.

    Raises `Faults` if there are none.
    """
    moved = reviews[MOVE] != 0
    share = moved.groupby(reviews[CELL]).transform("mean")
    kept = reviews[(share > 0) & (share < 1)]
    if kept.empty:
        raise Faults(
            [
                Fault(
                    "panel, amounts",
                    "no two entities of one group with equal prior amounts, of which one was changed",
                    "rigid amounts that reviews change",
                    "give the amount by grade and person, not by household",
                )
            ]
        )
    return kept


def event_rows(
    reviews: pd.DataFrame,
    rows: pd.DataFrame,
    design: PanelDesign,
    outcome: str,
    at: int,
    lags: tuple[int, ...],
) -> pd.DataFrame:
    """Return reviews with the changes of outcome and dose up to an event time, and conditioning lags."""
    dose, entity = design.treatments[0], design.entity
    before = shifted(rows, entity, [outcome, dose], -1)
    then = shifted(rows, entity, [outcome, dose], at)
    past = {lag_column(lag): shifted(rows, entity, [outcome], -lag)[outcome] for lag in lags}
    changes = pd.DataFrame({Y: then[outcome] - before[outcome], D: then[dose] - before[dose], **past})
    return reviews.join(changes, validate="one_to_one").dropna(subset=list(changes.columns))


def lag_column(lag: int) -> str:
    """Return the name of the outcome of some periods before the review."""
    return f"  outcome {lag} before"


def fit_at(
    used: pd.DataFrame, design: PanelDesign, lags: tuple[int, ...], at: int
) -> tuple[Estimate, Estimate, Estimate | None]:
    """Return the paths of outcome and dose at an event time, and from the review on their ratio."""
    controls = (*design.controls, *map(lag_column, lags), D)
    panel = PanelDesign(design.entity, design.period, (MOVE,), controls, design.clusters, CELL)
    partialled = change_sample(used, (Y, D, MOVE), panel)
    n_treated = levels(partialled.clusters[partialled.sample.values[MOVE].to_numpy() != 0])

    def fit(left: str, right: str) -> Estimate:
        return two_stage(
            partialled, left, (right,), (MOVE,), estimator=ESTIMATOR, n_treated=n_treated
        ).estimates[0]

    return fit(Y, MOVE), fit(D, MOVE), fit(Y, D) if at >= 0 else None


def times_of(window: tuple[int, int], lags: tuple[int, ...]) -> list[int]:
    """Return the event times of a window that conditioning does not fix; raises `Faults` if it has none."""
    fixed = {-1, *(-lag for lag in lags)}
    times = [at for at in range(window[0], window[1] + 1) if at not in fixed]
    if window[1] < 0 or not times:
        raise Faults([Fault("window", str(window), "from before to after the review", "use (-3, 3)")])
    if any(lag < 1 for lag in lags):
        raise Faults([Fault("lags", str(lags), "1 or more, or none", "use (1, 2)")])
    return times


def change_of_dose(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    amount: str,
    entity: str,
    period: str,
    group: str,
    clusters: str,
    window: tuple[int, int] = (-3, 3),
    lags: tuple[int, ...] = (1, 2),
    controls: tuple[str, ...] = (),
) -> ChangeOfDose:
    """Return the event study of reviews that move an entity's amount beyond the rule.

    For each review in `r` and event time `h`, `y_i,r+h - y_i,r-1 = b_h move_ir + c + y'_i,r-s l_h +
    x_ir'k + u`, `s` in `lags`, with an effect `c` for each group, period and prior amount, so that
    entities of one grade are compared. `amount` is rigid: what a person receives under the rule, in the
    dose's unit; `move` is what a review adds to the usual amount of the cell. Effects are ratios of the
    paths of `outcome` and `dose`. Event time -1 and the lags are fixed by construction; other times
    before the review are placebos. Where reviews follow past outcomes, `lags=()` leaves mean reversion
    in (too high for aid to the poor), and lags take out too much where lasting need is not observed
    (too low): the effect lies between the two (Ding and Li 2019). Local projections with clean cells:
    Jordà (2005); Dube, Girardi, Jordà and Taylor (2023). Raises `Faults` for unusable columns, windows
    and lags, and where no cell has a contrast.
    """
    design = PanelDesign(entity, period, (dose,), controls, clusters, group)
    frame = plain(frame)
    both = tuple(dict.fromkeys((dose, amount)))
    check_panel(frame, outcome, replace(design, treatments=both), HOUSEHOLD_YEAR)
    times = times_of(window, lags)
    rows, dropped = complete_rows(with_steps(frame, period), (outcome, dose, amount, *controls))
    reviews = reviews_of(rows, amount, entity, group)
    compared = contrasted(reviews)
    used = {at: contrasted(event_rows(reviews, rows, design, outcome, at, lags)) for at in times}
    found = [(at, *fit_at(used[at], design, lags, at)) for at in times]
    return ChangeOfDose(
        outcome_path=tuple(EventEstimate(at, named(y, f"h={at}", outcome)) for at, y, _, _ in found),
        dose_path=tuple(EventEstimate(at, named(d, f"h={at}", dose)) for at, _, d, _ in found),
        effects=tuple(EventEstimate(at, named(b, dose, outcome)) for at, _, _, b in found if b is not None),
        n_raised=int((compared[MOVE] > 0).sum()),
        n_lowered=int((compared[MOVE] < 0).sum()),
        dropped=(
            *dropped,
            Dropped("no row in the preceding period", len(rows) - len(reviews)),
            Dropped("no contrast among equal prior amounts", len(reviews) - len(compared)),
        ),
    )


def named(estimate: Estimate, term: str, outcome: str) -> Estimate:
    """Return an estimate under the names of the caller's columns."""
    return replace(estimate, term=term, outcome=outcome)
