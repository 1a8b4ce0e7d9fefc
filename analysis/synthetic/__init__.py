"""The data-generating process of a synthetic county, and the truth it plants."""

from analysis.synthetic.county import County, draw_county
from analysis.synthetic.effects import Effect
from analysis.synthetic.synthesis import Synthesis, synthesize
from analysis.synthetic.truth import PostBand, Truth

__all__ = ["County", "Effect", "PostBand", "Synthesis", "Truth", "draw_county", "synthesize"]
