"""One style for every figure: quiet axes, colours that survive colour blindness and grey printing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

INK = "#22303c"
MUTED = "#7b8794"
COLOURS = ("#0b4f6c", "#d1782f", "#3f8f5b", "#8a4f9e", "#b59410", "#5aa9c7", "#a63d40", "#6b7280")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
WIDTH, HEIGHT = 7.2, 3.9
PLACES = 6

SETTINGS: dict[Any, Any] = {
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "savefig.dpi": 200,
    "font.size": 9.5,
    "font.family": "DejaVu Sans",
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#e3e7eb",
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 1.8,
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "study",
}


class SettledLayout(ConstrainedLayoutEngine):
    """The layout of matplotlib, the same to the last bit in every run.

    Its solver leaves the last bits of positions open, and names in SVG files hang on them.
    """

    def execute(self, fig: Canvas) -> None:
        """Lay the figure out."""
        super().execute(fig)
        for axes in fig.axes:
            axes.set_position(Bbox(axes.get_position(original=True).get_points().round(PLACES)))
            axes.set_in_layout(True)


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the style of the study, without touching the reader's own settings."""
    with mpl.rc_context():
        sns.set_theme(style="white", palette=COLOURS)
        mpl.rcParams.update(SETTINGS)
        yield


def canvas(columns: int = 1, height: float = HEIGHT, sharey: bool = False) -> tuple[Canvas, list[Axes]]:
    """Return a figure with `columns` axes side by side."""
    figure, axes = plt.subplots(1, columns, figsize=(WIDTH, height), sharey=sharey, squeeze=False)
    return figure, list(axes[0])


def thousands(axes: Axes, axis: str = "y") -> None:
    """Write the numbers of an axis with separated thousands."""
    chosen = axes.yaxis if axis == "y" else axes.xaxis
    chosen.set_major_formatter(mpl.ticker.StrMethodFormatter("{x:,.0f}"))


def sign(figure: Canvas, mark: str) -> None:
    """Write a mark into a strip of its own at the foot of a figure."""
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    strip = 0.14 / figure.get_figheight()
    engine.set(rect=(0, strip, 1, 1 - strip))
    figure.text(0.995, 0.008, mark, ha="right", va="bottom", fontsize=6.5, color=MUTED)
