"""What the text of the paper asks for findings with: `n`, `ci`, `se`, `table`, `figure`, `text`, `why`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.faults import Faults
from analysis.findings import markdown
from analysis.findings.formats import interval_of, plain
from analysis.findings.kinds import Number
from analysis.findings.registry import Registry


@dataclass(frozen=True, slots=True)
class Inline:
    """Markdown that a notebook shows as it is, within a sentence.

    Without text it is an empty span, for in the place of nothing Quarto leaves the expression itself.
    """

    text: str

    def _repr_markdown_(self) -> str:
        return self.text or "[]{}"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Paper:
    """The findings of one region, as the text asks for them.

    A region that lacks a feature has no findings about it, and the text about it stands in a conditional Div
    that the renderer removes. An unknown id therefore leaves a mark; a mark that survives fails the render,
    with file and line.
    """

    registry: Registry
    front: Mapping[str, str]
    figures: str

    def n(self, name: str) -> Inline:
        """Return a number with its passport."""
        return self.about(name, markdown.inline)

    def ci(self, name: str) -> Inline:
        """Return the 95% interval of a number as `low to high`."""
        return self.about(name, lambda number: markdown.escape(interval_of(number)))

    def se(self, name: str) -> Inline:
        """Return the standard error of a number."""
        return self.about(name, standard_error)

    def text(self, name: str) -> Inline:
        """Return a text of the region as Markdown, such as its name, place or setting."""
        texts = self.registry.texts
        return Inline(texts[name] if name in texts else markdown.unsupported(name))

    def why(self, feature: str) -> Inline:
        """Return the reason why the data do not support a feature, empty where they do."""
        return Inline(markdown.escape(self.registry.unsupported.get(feature, "")))

    def table(self, name: str) -> None:
        """Print a table."""
        print(self.exhibit(name, lambda: markdown.table(self.registry.table(name))))

    def figure(self, name: str) -> None:
        """Print a figure."""
        print(self.exhibit(name, lambda: markdown.figure(self.registry.figure(name), self.figures)))

    def title_block(self) -> None:
        """Print title, date and what the data support, for the renderer."""
        attributes = " ".join(f"{key}={markdown.attribute(value)}" for key, value in self.front.items())
        print(f"::: {{#study {attributes}}}\n:::")

    def about(self, name: str, show: Callable[[Number], str]) -> Inline:
        """Return what `show` makes of a number, or its mark."""
        return Inline(self.exhibit(name, lambda: show(self.registry.number(name))))

    def exhibit(self, name: str, show: Callable[[], str]) -> str:
        """Return what `show` gives, or the mark of a finding that this run does not have."""
        try:
            return show()
        except Faults:
            return markdown.unsupported(name)


def standard_error(number: Number) -> str:
    """Return the standard error of a number in its own decimals; raises ValueError where it has none."""
    if number.std_error is None:
        raise ValueError(f"{number.id} has no standard error")
    return markdown.escape(plain(number.std_error, number.decimals))
