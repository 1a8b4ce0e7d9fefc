"""The recipe: from a region's files to its findings."""

from collections.abc import Callable, Iterator, Mapping

from analysis.designs.all_designs import estimate_designs
from analysis.designs.beyond_means import BeyondMeans, estimate_beyond_means
from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.post_band import estimate_band
from analysis.edition import Edition, registry_path
from analysis.estimates.effects import Effects, estimate_effects
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.band import Band
from analysis.findings.achievements import achievement_findings
from analysis.findings.appendix import codebook_table, files_table, numbers_table
from analysis.findings.band import band_findings, band_texts
from analysis.findings.beyond_means import (
    beyond_means_findings,
    beyond_means_reasons,
    beyond_means_texts,
)
from analysis.findings.collection import registry_of
from analysis.findings.data import data_findings
from analysis.findings.designs import design_findings
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.effects import effect_findings
from analysis.findings.features import REASONS, band_features, design_features, features
from analysis.findings.inference import inference_findings
from analysis.findings.problems import problem_findings
from analysis.findings.recovery import recovery_findings
from analysis.findings.registry import Registry, to_json
from analysis.findings.simulation import simulation_findings
from analysis.findings.texts import texts_of
from analysis.output import write_figures, write_text
from analysis.panel.build import Panel, build_panel
from analysis.region import Region
from analysis.side_by_side import Workers
from analysis.simulation.record import SimulationRecord, read_record
from analysis.sources.tables import Tables, read_tables
from analysis.synthetic.known import Known, read_known


def compute(edition: Edition, progress: Callable[[str], None]) -> Registry:
    """Compute every finding of a region, write its figures, then store the registry."""
    with Workers() as workers:
        return computed(edition, workers, progress)


def computed(edition: Edition, workers: Workers, progress: Callable[[str], None]) -> Registry:
    """Compute every finding with the help of workers."""
    region = edition.region
    tables = read_tables(region, progress)
    progress("building the panel")
    panel = build_panel(tables.frames, region)
    progress("estimating the effects")
    effects = estimate_effects(panel, workers, progress)
    designs = estimate_designs(panel, tables.frames, effects, region, progress)
    progress("looking for the band of post funds")
    band = estimate_band(panel, region)
    progress("estimating dynamics and distribution")
    beyond = estimate_beyond_means(panel, region)
    lacking = beyond_means_reasons(beyond, panel, region)
    known = read_known(region.folder / "truth.yaml") if region.settings.synthetic else None
    record = read_record(edition.root) if region.settings.synthetic else None
    has = features(panel, tables.frames, region) | design_features(designs, record) | band_features(band)
    has |= {name: not reason for name, reason in lacking.items()}
    reasons = REASONS | ({"band": band.reason} if isinstance(band, NotApplicable) else {}) | lacking
    progress("collecting the findings")
    findings = list(
        findings_of(panel, tables, effects, designs, band, beyond, known, record, region, edition.inputs)
    )
    registry = registry_of(
        findings,
        supported=tuple(name for name, there in has.items() if there),
        unsupported={name: reasons[name] for name, there in has.items() if not there},
        texts=texts_of(effects, tables.frames, region)
        | (band_texts(band) if isinstance(band, Band) else {})
        | beyond_means_texts(beyond, panel, region),
        inputs=edition.inputs,
        stamp=edition.stamp,
    )
    progress("drawing the figures")
    drawings = [finding for finding in findings if isinstance(finding, Drawing)]
    mark = "Synthetic data" if region.settings.synthetic else ""
    write_figures(drawings, edition.root / "figures" / region.slug, mark, workers, progress)
    write_text(registry_path(edition.root, region.slug), to_json(registry))
    return registry


def findings_of(
    panel: Panel,
    tables: Tables,
    effects: Effects,
    designs: tuple[InstrumentDesigns, ...],
    band: Band | NotApplicable,
    beyond: BeyondMeans,
    known: Known | None,
    record: SimulationRecord | None,
    region: Region,
    inputs: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield the findings of every chapter, those of the appendix about all others last."""
    findings = [
        *data_findings(panel, effects, tables.frames, region),
        *achievement_findings(panel, region),
        *effect_findings(effects, panel, region),
        *inference_findings(effects, panel, region),
        *beyond_means_findings(beyond, panel, region),
    ]
    for instrument in designs:
        findings += design_findings(instrument, region)
    if isinstance(band, Band):
        findings += band_findings(band, known, region)
    if record is not None:
        findings += simulation_findings(record)
    if features(panel, tables.frames, region)["monitoring"]:
        findings += problem_findings(tables.frames, region)
    if known is not None:
        findings += recovery_findings(effects, known, region)
    yield from findings
    yield codebook_table(region)
    yield files_table(inputs)
    yield numbers_table(findings)
