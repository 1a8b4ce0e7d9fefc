"""Findings about dynamics, with what the records support of them and the words that follow from tests."""

from collections.abc import Iterator

from analysis.designs.dynamics import Dynamics
from analysis.designs.persistence import Persistence
from analysis.designs.returns import Returns
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.drawings import Finding
from analysis.findings.formats import sentence
from analysis.findings.markdown import escape
from analysis.findings.persistence import persistence_findings, refusal_text
from analysis.findings.returns import return_findings
from analysis.panel.build import Panel
from analysis.region import Region


def dynamic_findings(found: Dynamics, panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield the findings about persistence and returns that the records support."""
    if not isinstance(found.persistence, NotApplicable):
        yield from persistence_findings(found.persistence, region)
    if not isinstance(found.returns, NotApplicable):
        yield from return_findings(found.returns, panel, region)


def dynamic_reasons(found: Dynamics) -> dict[str, str]:
    """Return for each feature of the section the reason why it is not supported, empty where it is."""
    return persistence_reasons(found.persistence) | return_reasons(found.returns)


def persistence_reasons(found: Persistence | NotApplicable) -> dict[str, str]:
    """Return the reasons about persistence."""
    if isinstance(found, NotApplicable):
        why = sentence(found.reason)
        return {"persistence": why, "persistence_moments": why, "persistence_refused": why}
    none = "The tests refute every estimate by moments, or the records allow none."
    return {
        "persistence": "",
        "persistence_moments": none if found.usable is None else "",
        "persistence_refused": "" if refusal_text(found) else "No estimate by moments is refuted.",
    }


def return_reasons(found: Returns | NotApplicable) -> dict[str, str]:
    """Return the reasons about returns below the line."""
    if isinstance(found, NotApplicable):
        return {"returns": sentence(found.reason), "survival": sentence(found.reason)}
    none = "Every instrument reaches all who rose above the line, or none."
    return {"returns": "", "survival": "" if found.survival else none}


def dynamic_texts(found: Dynamics) -> dict[str, str]:
    """Return the words that follow from the tests."""
    if isinstance(found.persistence, NotApplicable):
        return {}
    usable = found.persistence.usable
    named = {} if usable is None else {"persistence_estimator": escape(usable.estimator)}
    return named | {"persistence_refused": escape(refusal_text(found.persistence))}
