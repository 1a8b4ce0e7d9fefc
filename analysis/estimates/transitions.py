"""Movement of entities between states from one period to the next."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, mixed_faults, plain, unknown_columns
from analysis.estimates.panel_sample import codes, complete_rows
from analysis.estimates.results import Dropped
from analysis.faults import Faults


@dataclass(frozen=True, slots=True, eq=False)
class TransitionMatrix:
    """Weighted moves between states, origin by row and destination by column.

    Rows of `shares` sum to one; a state from which no move is observed has a row of missing values.
    """

    moves: pd.DataFrame
    n_pairs: int
    n_entities: int
    dropped: tuple[Dropped, ...]

    @property
    def shares(self) -> pd.DataFrame:
        """Estimated probabilities `P(destination | origin)`."""
        return self.moves.div(self.moves.sum(axis=1).replace(0, np.nan), axis=0)

    @property
    def mobility(self) -> float:
        """Shorrocks's (1978) index `(k - trace P) / (k - 1)`: 0 if nobody moves, 1 if origin is forgotten."""
        k = len(self.moves)
        return float((k - np.trace(self.shares.to_numpy())) / (k - 1))

    def tidy(self) -> pd.DataFrame:
        """Return one row a cell: `origin, destination, moves, share`."""
        moves = self.moves.reset_index().melt(id_vars="origin", value_name="moves")
        shares = self.shares.reset_index().melt(id_vars="origin", value_name="share")
        return moves.assign(share=shares["share"])


def check_keys(frame: pd.DataFrame, entity: str, period: str, others: tuple[str, ...]) -> None:
    """Raise `Faults` for unknown columns, missing identifiers and entities twice in one period."""
    faults = unknown_columns(frame, others)
    faults = faults or column_faults(frame, (), (entity, period), once=(entity, period))
    if faults := faults or list(mixed_faults(frame, others)):
        raise Faults(faults)


def pairs_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows `entity, position, origin, weight` with the state one position later, `destination`."""
    following = rows[["entity", "position", "origin"]].rename(columns={"origin": "destination"})
    following = following.assign(position=following["position"] - 1)
    return rows.merge(following, on=["entity", "position"], how="inner", validate="one_to_one")


def transitions(
    frame: pd.DataFrame, *, entity: str, period: str, state: str, weights: str | None = None
) -> TransitionMatrix:
    """Return moves between adjacent periods of the table, pooled over periods.

    A move weighs its weight at the origin. Rows without a state are counted, and so are rows before
    the last period without a row in the next.
    """
    others = (state,) if weights is None else (state, weights)
    frame = plain(frame)
    check_keys(frame, entity, period, others)
    rows = pd.DataFrame(
        {
            "entity": frame[entity].to_numpy(),
            "position": codes(frame[period]),
            "origin": frame[state].array,
            "weight": 1.0 if weights is None else frame[weights].to_numpy(dtype=float, na_value=np.nan),
        }
    )
    last = rows["position"].max()
    rows, dropped = complete_rows(rows, ("origin", "weight"))
    dropped = [Dropped(drop.reason.replace("origin", state), drop.n_obs) for drop in dropped]
    pairs = pairs_of(rows)
    alone = int((rows["position"] < last).sum()) - len(pairs)
    if alone:
        dropped.append(Dropped("no row in the next period", alone))
    states = pd.Index(sorted(rows["origin"].unique()))
    moves = pairs.pivot_table(
        index="origin", columns="destination", values="weight", aggfunc="sum", observed=True
    ).reindex(index=states, columns=states)
    return TransitionMatrix(
        moves=moves.where(moves.notna(), 0.0).rename_axis(index="origin", columns="destination"),
        n_pairs=len(pairs),
        n_entities=int(pairs["entity"].nunique()),
        dropped=tuple(dropped),
    )


def quantile_groups(
    frame: pd.DataFrame, value: str, *, period: str, groups: int, weights: str | None = None
) -> pd.Series:
    """Return each row's quantile group within its period, 1 (lowest) to `groups`.

    A value's rank is the share of weight below it and half of its own, so ties stay together. Rows
    without a value have no group.
    """
    rows, numbers = plain(frame), (value,) if weights is None else (value, weights)
    if faults := column_faults(rows, numbers, (period,)):
        raise Faults(faults)
    weight = pd.Series(1.0, index=rows.index) if weights is None else rows[weights].astype("float64")
    weight = weight.where(rows[value].notna())
    key = [rows[period], rows[value]]
    own = weight.groupby(key, observed=True).sum()
    rank = (own.groupby(level=0).cumsum() - own / 2) / own.groupby(level=0).sum()
    at = rank.reindex(pd.MultiIndex.from_arrays(key)).to_numpy()
    group = np.clip(np.ceil(at * groups), 1, groups)
    return pd.Series(group, index=frame.index, name="group").astype("Int64")
