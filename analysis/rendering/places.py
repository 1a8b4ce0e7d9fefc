"""Finds where in the sources a word stands that a later step complains about."""

import re
from collections.abc import Sequence

from analysis.faults import Fault
from analysis.rendering.lines import Line

END = r"(?![\w:-])"
REPORTED = re.compile(r"\[(?:study|crossref|images)\] (?P<what>[a-z ]+): (?P<value>\S+) \((?P<allowed>.*?)\)")
ANYWHERE = "report"


def reference_pattern(key: str) -> str:
    """Pattern of a reference or citation of `key`."""
    return rf"(?<![\w\\])@\{{?{re.escape(key)}{END}"


def faults_at(lines: Sequence[Line], pattern: str, found: str, allowed: str, mend: str) -> list[Fault]:
    """One fault for each line that holds the pattern; one without a line where none does."""
    places = list(dict.fromkeys(line.where for line in lines if re.search(pattern, line.text)))
    return [Fault(place, found, allowed, mend) for place in places or [ANYWHERE]]


def filter_faults(message: str, lines: Sequence[Line]) -> list[Fault]:
    """The faults that the Lua filters report, each at its place."""
    found = [fault for match in REPORTED.finditer(message) for fault in _reported(match, lines)]
    return list(dict.fromkeys(found))


def _reported(match: re.Match[str], lines: Sequence[Line]) -> list[Fault]:
    value, allowed = match["value"], match["allowed"]
    named, reference = re.escape(value), reference_pattern(value)
    exhibits = "an exhibit, a section or an equation"
    match match["what"]:
        case "unknown feature":
            found = f"unknown feature {value!r}"
            return faults_at(lines, rf"has=.*\b{named}\b", found, allowed, "use one of these names")
        case "unsupported number":
            found = f"number {value!r} is not supported in this region"
            return faults_at(lines, named, found, "numbers this region supports", allowed)
        case "unresolved":
            return faults_at(
                lines, reference, f"reference @{value} leads nowhere", exhibits, "correct the name"
            )
        case "unnumbered":
            found = f"reference @{value} leads to a heading without number"
            return faults_at(lines, reference, found, exhibits, "remove .unnumbered from the heading")
        case "duplicate":
            return faults_at(
                lines, rf"#{named}{END}", f"#{value} is given twice", "each name once", "rename one"
            )
        case "missing image":
            stem = value.rsplit(".", 1)[0]
            found = f"image {value!r} cannot be read"
            return faults_at(
                lines, re.escape(stem), found, "a file that exists", "make it, or correct the path"
            )
        case "malformed table":
            found = f"div #{value} is not a table with its caption"
            return faults_at(
                lines, rf"#{named}{END}", found, "a table, then one paragraph", "move the rest below"
            )
    found = f"@{value} stands in one bracket with a citation"
    return faults_at(lines, reference, found, "references alone, or citations alone", "use two brackets")
