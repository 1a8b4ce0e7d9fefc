"""The chapter on the band of post funds, with the countermeasure that rests on it."""

from analysis.countermeasures.post_range import post_range
from analysis.designs.post_band import estimate_band
from analysis.designs.post_gains import gains_in_band
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.band import band_findings, band_reasons, band_texts
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.countermeasures.post_range import (
    range_findings,
    range_reasons,
    range_texts,
    true_change,
    truth_number,
)
from analysis.findings.drawings import Finding


def about_band(evidence: Evidence) -> Chapter:
    """Look for the band of post funds, and say what moving funds into it would change."""
    panel, region = evidence.panel, evidence.region
    band = estimate_band(panel, region)
    gains = gains_in_band(panel, evidence.tables, band)
    plan = post_range(panel, region, band, gains)
    findings: list[Finding] = []
    texts = range_texts(plan, band)
    if not isinstance(band, NotApplicable):
        findings += band_findings(band, gains, evidence.known, region)
        texts |= band_texts(band)
    if not isinstance(plan, NotApplicable):
        findings += range_findings(plan, region)
    truth = true_change(plan, evidence.known, region)
    if truth is not None:
        findings.append(truth_number(truth))
    return Chapter(tuple(findings), band_reasons(band, gains) | range_reasons(plan, truth), texts)
