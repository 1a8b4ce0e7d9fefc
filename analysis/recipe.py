"""The recipe: from a region's files to its findings."""

from collections.abc import Callable
from functools import partial

from analysis.designs.all_designs import estimate_designs
from analysis.edition import Edition, registry_path
from analysis.estimates.effects import estimate_effects
from analysis.findings.appendix import codebook_table, files_table, numbers_table
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.chapters import CHAPTERS
from analysis.findings.claims import RULE
from analysis.findings.claims_summary import summary_findings
from analysis.findings.collection import registry_of
from analysis.findings.drawings import Drawing
from analysis.findings.features import lacking
from analysis.findings.registry import Registry, to_json
from analysis.findings.texts import texts_of
from analysis.output import write_figures, write_text
from analysis.panel.build import build_panel
from analysis.side_by_side import Workers
from analysis.simulation.record import MEASURED, read_record
from analysis.sources.tables import read_tables
from analysis.synthetic.known import read_known

NO_CLAIM = "The records measure none of the problems."
Say = Callable[[str], None]


def compute(edition: Edition, progress: Say) -> Registry:
    """Compute every finding of a region, write its figures, then store the registry."""
    with Workers() as workers:
        evidence = gather(edition, workers, progress)
        jobs = {chapter.__name__: partial(chapter, evidence) for chapter in CHAPTERS}
        chapters = with_claims(tuple(workers.run("writing the chapters", jobs, progress).values()), edition)
        registry = collect(edition, evidence, chapters)
        drawings = [found for chapter in chapters for found in chapter.findings if isinstance(found, Drawing)]
        mark = "Synthetic data" if edition.region.settings.synthetic else ""
        write_figures(drawings, edition.root / "figures" / edition.region.slug, mark, workers, progress)
    write_text(registry_path(edition.root, edition.region.slug), to_json(registry))
    return registry


def gather(edition: Edition, workers: Workers, progress: Say) -> Evidence:
    """Read the files, build the panel and fit the panel regressions."""
    region = edition.region
    tables = read_tables(region, progress)
    progress("building the panel")
    panel = build_panel(tables.frames, region)
    progress("estimating the effects")
    designs = workers.start(partial(estimate_designs, panel, tables.frames, region))
    effects = estimate_effects(panel, workers, progress)
    synthetic = region.settings.synthetic
    known = read_known(region.folder / "truth.yaml") if synthetic else None
    records = {name: read_record(edition.root, name) for name in MEASURED if synthetic}
    return Evidence(region, tables.frames, panel, effects, designs(), known, records)


def with_claims(chapters: tuple[Chapter, ...], edition: Edition) -> tuple[Chapter, ...]:
    """Return the chapters with one more, about the claims that they make."""
    findings = [found for chapter in chapters for found in chapter.findings]
    summary = tuple(summary_findings(edition.root, findings))
    return (*chapters, Chapter(summary, {"claims": "" if summary else NO_CLAIM}, {"claims_rule": RULE}))


def collect(edition: Edition, evidence: Evidence, chapters: tuple[Chapter, ...]) -> Registry:
    """Return the registry of all chapters, with the appendix about them."""
    region, tables = edition.region, evidence.tables
    reasons = lacking(evidence.panel, tables, region)
    texts = texts_of(evidence.effects, region)
    for chapter in chapters:
        reasons |= chapter.lacking
        texts |= chapter.texts
    findings = [found for chapter in chapters for found in chapter.findings]
    appendix = [codebook_table(region), files_table(edition.inputs), numbers_table(findings)]
    return registry_of(
        [*findings, *appendix],
        supported=tuple(name for name, reason in reasons.items() if not reason),
        unsupported={name: reason for name, reason in reasons.items() if reason},
        texts=texts,
        inputs=edition.inputs,
        stamp=edition.stamp,
    )
