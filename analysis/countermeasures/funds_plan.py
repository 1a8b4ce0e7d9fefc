"""Moving post funds between villages so that more of them lie within a range, to the yuan."""

import numpy as np

from analysis.estimates.regressors import Floats


def within_range(funds: Floats, households: Floats, low: float, high: float) -> Floats:
    """Return new funds per household of each village; the sum of funds times households is the same.

    What villages have beyond `high` is taken and lifts those below `low` to it, the nearest first, whole
    villages only; what is left goes to villages below `high`, in equal parts of the room that they have.
    Villages without funds have no posts that could be widened and stay without. Where there is no room for
    all of it the rest goes back to those it was taken from, in proportion.
    """
    taken = households * np.maximum(funds - high, 0)
    if not taken.any():
        return funds.copy()
    new = np.minimum(funds, high)
    money = float(taken.sum())
    for village in nearest_below(new, low):
        need = households[village] * (low - new[village])
        if need > money:
            break
        new[village] = low
        money -= need
    room = households * np.maximum(high - new, 0) * (new >= low)
    if room.sum() > 0:
        given = min(money / room.sum(), 1.0)
        new = new + given * np.maximum(high - new, 0) * (new >= low)
        money -= given * float(room.sum())
    if money > 0:
        new = new + money * taken / taken.sum() / households
    return new


def nearest_below(funds: Floats, low: float) -> list[int]:
    """Return the villages with funds below `low`, those that need least beside what they have first."""
    below = np.flatnonzero((funds > 0) & (funds < low))
    return below[np.argsort(low / funds[below], kind="stable")].tolist()
