"""How a curve is fitted to each side of a cutoff."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.estimates.discontinuity.kernels import Kernel
from analysis.faults import Fault, Faults

Selector = Literal["mserd", "cerrd"]


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A polynomial of `order` in a window, without the rows in the donut.

    `bandwidth` and `donut` (half-width) are in units of the running variable. `bandwidth=None` takes the
    width that `selector` finds: `mserd` has the smallest mean squared error, `cerrd` the best coverage; a
    given width also serves the bias.
    """

    bandwidth: float | None = None
    selector: Selector = "mserd"
    kernel: Kernel = "triangular"
    order: int = 1
    donut: float = 0.0
    level: float = 0.95


LOCAL_LINEAR = Polynomial()


def check_polynomial(polynomial: Polynomial) -> None:
    """Raise `Faults` with each option out of its range."""
    faults = []
    width, donut = polynomial.bandwidth, polynomial.donut
    if not (np.isfinite(donut) and donut >= 0):
        faults.append(Fault("donut", str(donut), "0 or more", "in units of the running variable"))
    elif width is not None and not (np.isfinite(width) and width > donut):
        mend = "in units of the running variable"
        faults.append(Fault("bandwidth", str(width), "above the donut, or None", mend))
    if polynomial.order not in (0, 1, 2, 3):
        faults.append(Fault("order", str(polynomial.order), "0, 1, 2 or 3", "1 is a line"))
    if not 0 < polynomial.level < 1:
        faults.append(Fault("level", str(polynomial.level), "between 0 and 1", "0.95 for 95%"))
    if faults:
        raise Faults(faults)
