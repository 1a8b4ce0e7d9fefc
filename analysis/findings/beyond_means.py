"""Findings about dynamics and distribution, their features and their words, for the recipe."""

from collections.abc import Iterator

from analysis.designs.beyond_means import BeyondMeans
from analysis.findings.distribution import distribution_findings, distribution_reasons, distribution_texts
from analysis.findings.drawings import Finding
from analysis.findings.dynamics import dynamic_findings, dynamic_reasons, dynamic_texts
from analysis.panel.build import Panel
from analysis.region import Region


def beyond_means_findings(found: BeyondMeans, panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield the findings of both sections."""
    yield from dynamic_findings(found.dynamics, panel, region)
    yield from distribution_findings(found.distribution, panel, region)


def beyond_means_reasons(found: BeyondMeans, panel: Panel, region: Region) -> dict[str, str]:
    """Return for each feature of both sections why it is not supported, empty where it is."""
    return dynamic_reasons(found.dynamics) | distribution_reasons(found.distribution, panel, region)


def beyond_means_texts(found: BeyondMeans, panel: Panel, region: Region) -> dict[str, str]:
    """Return the words of both sections that follow from tests."""
    return dynamic_texts(found.dynamics) | distribution_texts(found.distribution, panel, region)
