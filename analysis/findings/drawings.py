"""A figure before it is drawn, and what a module of findings may yield."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.findings.kinds import Figure, Number, Table, maker


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure before it is drawn: tidy data and the function that draws them."""

    id: str
    caption: str
    alt: str
    data: pd.DataFrame
    draw: Callable[[pd.DataFrame], Canvas]
    maker: str = field(default_factory=maker)

    def drawn(self) -> Figure:
        """Return the figure that stands for this drawing once its files are written."""
        return Figure(self.id, self.caption, self.alt, self.maker)


Finding = Number | Table | Drawing
