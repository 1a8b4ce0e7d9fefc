"""Makes the paper out of its Quarto sources, with Quarto or with the engines that Quarto wraps."""

from analysis.rendering.publication import Rendered
from analysis.rendering.render import Format, render
from analysis.rendering.subset import check_sources

__all__ = ["Format", "Rendered", "check_sources", "render"]
