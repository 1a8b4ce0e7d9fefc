"""Findings about inflexible subsidies: claims, numbers, and what cannot be measured."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import claim_findings, claim_texts
from analysis.findings.disclosure import SMALLEST
from analysis.findings.drawings import Finding
from analysis.findings.formats import joined, p_words, sentence
from analysis.findings.problems.measures import reasons_of, side_of, value_labels
from analysis.findings.problems.rigidity_numbers import reach_numbers, response_numbers, step_numbers
from analysis.findings.problems.rigidity_pictures import need_drawing, shock_drawing
from analysis.findings.problems.rigidity_tables import kinds_table, overlap_table, targeting_table
from analysis.findings.problems.shock_table import shock_table
from analysis.findings.wording import township_names
from analysis.problems.claims import declared_claims
from analysis.problems.coverage import Overlap
from analysis.problems.rigidity import Rigidity, claims_of, measure_rigidity
from analysis.problems.shock_response import ShockResponse
from analysis.region import Region

FEATURES = (
    "shocks", "met", "covered", "delay", "same", "between", "within", "cliff", "donut", "density", "take_up",
    "overlap", "reach", "floor", "townships",
)  # fmt: skip
RULES = {
    "dibao": "the {kind} is to fill what is short of a standard",
    "prompt_relief": "{kind} is to come when a household is struck",
}


def about_rigidity(evidence: Evidence) -> Chapter:
    """Hold what subsidies pay against what households need."""
    region = evidence.region
    found = measure_rigidity(evidence.panel, evidence.tables, region)
    declared, claims = declared_claims(region.root, "rigidity"), claims_of(found)
    texts = claim_texts(declared, claims)
    if isinstance(found, NotApplicable):
        return Chapter((), rigidity_reasons(found), texts)
    findings = (*rigidity_findings(found, region), *claim_findings("rigidity", declared, claims))
    return Chapter(findings, rigidity_reasons(found), texts | rigidity_texts(found, region))


def rigidity_reasons(found: Rigidity | NotApplicable) -> dict[str, str]:
    """Return the features of the section, each with what keeps the records from it."""
    if isinstance(found, NotApplicable):
        return reasons_of(dict.fromkeys(("rigidity", *(f"rigidity_{name}" for name in FEATURES)), found))
    shocks, cliff = found.shocks, found.withdrawal.cliff
    struck = shocks if isinstance(shocks, NotApplicable) else None
    step = cliff if isinstance(cliff, NotApplicable) else None
    nowhere = NotApplicable("Townships", "the records name no township")
    none = NotApplicable("Overlap", "no two kinds come together in households enough to speak of them")
    return reasons_of(
        {
            "rigidity": None,
            "rigidity_shocks": shocks,
            "rigidity_met": struck or response_part(shocks, "met"),
            "rigidity_covered": struck or response_part(shocks, "covered"),
            "rigidity_delay": struck or response_part(shocks, "delay"),
            "rigidity_same": found.stays.share,
            "rigidity_between": found.withdrawal.between,
            "rigidity_within": found.withdrawal.within,
            "rigidity_cliff": cliff,
            "rigidity_donut": step or getattr(cliff, "donuts", None),
            "rigidity_density": step or getattr(cliff, "density", None),
            "rigidity_take_up": scarce_need(found),
            "rigidity_overlap": None if pairs_told(found) else none,
            "rigidity_reach": found.targeting,
            "rigidity_floor": found.floor,
            "rigidity_townships": None if found.townships else nowhere,
        }
    )


def response_part(shocks: ShockResponse | NotApplicable, part: str) -> object:
    """Return one part of the response to shocks, for its reason."""
    if isinstance(shocks, NotApplicable):
        return shocks
    return shocks.of("received").delay if part == "delay" else getattr(shocks, part)


def scarce_need(found: Rigidity) -> NotApplicable | None:
    """Return that too few households are in need, or not, to say who is reached."""
    anything = found.take_up[""]
    fewest = min(anything.in_need.n_households, anything.not_in_need.n_households)
    few = NotApplicable("Take-up", f"fewer than {SMALLEST} households are in need, or are not")
    return few if fewest < SMALLEST else None


def pairs_told(found: Rigidity) -> tuple[Overlap, ...]:
    """Return the pairs of kinds of households enough to be published."""
    return tuple(pair for pair in found.overlaps if pair.n_households >= SMALLEST)


def rigidity_texts(found: Rigidity, region: Region) -> dict[str, str]:
    """Return the rules of the kinds on record, and words that follow from figures."""
    kinds = value_labels("subsidy_type", region)
    rules = [RULES[kind].format(kind=kinds[kind]) for kind in found.need.by_need]
    texts = {
        "need_rules": sentence(joined(rules)) if rules else "No kind on record is tied to need by its rule.",
        "need_kinds": joined([kinds[kind] for kind in found.need.by_need]) if rules else "none",
    }
    if not isinstance(found.shocks, NotApplicable):
        labels = value_labels("shock", region)
        struck = [labels[name] for name in dict.fromkeys(of.shock for of in found.shocks.responses) if name]
        texts["shocks"] = joined(struck) if struck else "a shock"
    out = found.withdrawal
    if not isinstance(out.between, NotApplicable):
        texts["between_words"] = side_of(
            out.between,
            0.0,
            "households that are better off receive more",
            "households that are better off receive less",
            "which cannot be told from nothing",
        )
    if not isinstance(out.cliff, NotApplicable) and not isinstance(out.cliff.density, NotApplicable):
        texts["density_p"] = p_words(out.cliff.density.p_value)
    return texts


def rigidity_findings(found: Rigidity, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and pictures."""
    labels = value_labels("subsidy_type", region)
    if not isinstance(found.shocks, NotApplicable):
        yield from response_numbers(found.shocks)
        yield shock_table(found.shocks, labels | value_labels("shock", region))
        yield shock_drawing(found.shocks)
    yield from step_numbers(found)
    yield from reach_numbers(found)
    yield kinds_table(found, labels)
    if pairs := pairs_told(found):
        yield overlap_table(pairs, labels)
    yield need_drawing(found.need)
    if found.townships:
        yield targeting_table(found.townships, township_names(region), region.label("township_code"))
