"""Numbers as a reader sees them; nothing is rounded before it gets here."""

from collections.abc import Iterable

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.kinds import Number

MINUS = "\N{MINUS SIGN}"


def plain(value: float, decimals: int = 0) -> str:
    """Return a number with a thin structure: thousands separated, true minus sign, fixed decimals."""
    rounded = round(value, decimals)
    return f"{rounded + 0.0:,.{decimals}f}".replace("-", MINUS)


def percent(share: float, decimals: int = 1) -> str:
    """Return a share as a percentage."""
    return f"{plain(100 * share, decimals)}%"


def value_of(number: Number) -> str:
    """Return the value of a number in its unit's form."""
    if number.unit == "share":
        return percent(number.value, number.decimals)
    return plain(number.value, number.decimals)


def interval_of(number: Number) -> str:
    """Return the interval of a number as `low to high`; raises ValueError where it has none."""
    if number.low is None or number.high is None:
        raise ValueError(f"{number.id} has no interval")
    if number.unit == "share":
        return f"{percent(number.low, number.decimals)} to {percent(number.high, number.decimals)}"
    return f"{plain(number.low, number.decimals)} to {plain(number.high, number.decimals)}"


def p_value(value: float) -> str:
    """Return a p-value with three decimals, or `<0.001`."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def p_words(value: float) -> str:
    """Return a p-value as a sentence has it."""
    shown = p_value(value)
    return f"p {shown.replace('<', 'below ')}" if shown.startswith("<") else f"p = {shown}"


def passport(number: Number) -> str:
    """Return in one line what a number is and where it comes from."""
    parts = [number.label, f"{value_of(number)} {number.unit}".replace("% share", "%")]
    if number.low is not None:
        parts.append(f"95% interval {interval_of(number)}")
    if number.std_error is not None:
        parts.append(f"standard error {plain(number.std_error, number.decimals)}")
    if number.n_obs is not None:
        parts.append(f"n = {plain(number.n_obs)}")
    if number.n_clusters is not None:
        parts.append(f"{plain(number.n_clusters)} clusters")
    parts += [text for text in (number.estimator, number.sample) if text is not None]
    return " · ".join([*parts, f"made in {number.maker}"])


def joined(words: Iterable[str]) -> str:
    """Return words as a phrase: `a`, `a and b`, `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def sentence(clause: str) -> str:
    """Return a clause as a sentence."""
    return f"{clause[0].upper()}{clause[1:]}."


def reason_of(part: object) -> str:
    """Return why a part is not there as a sentence, empty where it is."""
    return sentence(part.reason) if isinstance(part, NotApplicable) else ""
