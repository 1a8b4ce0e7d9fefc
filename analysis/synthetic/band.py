"""The band of post funds: what a yuan of post pay leaves as net gain, by the funds of the village."""

import numpy as np

from analysis.synthetic.streams import Floats
from analysis.synthetic.truth import Truth


def post_gain(funds: Floats, truth: Truth) -> Floats:
    """Return the net gain per yuan of post pay, given post funds in real yuan per registered household."""
    low, high = truth.post_thresholds
    below, between, above = truth.post_gains
    match truth.post_band:
        case "linear":
            gain = np.full_like(funds, truth.post_gain_linear)
        case "kink":
            beyond = np.maximum(funds - high, 0)
            gain = between - (between - above) * beyond / np.maximum(funds, 1.0)
        case "two_thresholds":
            gain = np.select([funds <= low, funds <= high], [below, between], above)
    return truth.effect_scale * gain
