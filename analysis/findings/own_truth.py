"""What was planted, by the comparison of each primary design, in the county drawn anew."""

from collections.abc import Iterator, Mapping

from analysis.designs.kinds import InstrumentDesigns
from analysis.findings.kinds import Number
from analysis.findings.wording import decimals_of, label_in_text, unit_of
from analysis.region import Region
from analysis.region_file import INSTRUMENTS, Instrument
from analysis.simulation.counties import KnownCounty, known_county, with_planted
from analysis.simulation.effects_battery import imputation_measure, rule_measures, term_measure
from analysis.simulation.measures import Measure
from analysis.synthetic.known import planted_truth

SAME = 1e-6
OTHER_FILES = "The files are not those that the process writes, or no primary design is supported."


def own_truths(designs: tuple[InstrumentDesigns, ...], region: Region) -> dict[Instrument, Measure]:
    """Return the primary designs on the county drawn anew, those that give what the files give.

    The truth of each is the same comparison of what the instrument added to each row.
    """
    primary = {found.instrument: found.primary for found in designs if found.primary is not None}
    if not primary:
        return {}
    known = known_county(planted_truth(region.folder / "truth.yaml"), region)
    return {
        name: measure
        for name, measure in measures_of(known, primary).items()
        if abs(measure.estimate - primary[name].estimate.estimate) < SAME * measure.std_error
    }


def measures_of(known: KnownCounty, wanted: Mapping[Instrument, object]) -> dict[Instrument, Measure]:
    """Return the measure of each primary design that is wanted."""
    frame = with_planted(known.panel.study, known)
    found: dict[Instrument, Measure] = {}
    if "posts" in wanted:
        found["posts"] = term_measure(frame, known)
    if "subsidies" in wanted:
        found["subsidies"] = next(rule_measures(frame, known, seed=0))
    if "projects" in wanted:
        found["projects"] = imputation_measure(frame, known)
    return found


def own_truth_findings(truths: Mapping[Instrument, Measure], region: Region) -> Iterator[Number]:
    """Yield the truth of each primary design, and how many intervals hold it."""
    for name, measure in truths.items():
        yield Number(
            f"{name}.primary.truth",
            measure.truth,
            f"True effect of {label_in_text(name, region)}, with the weights of the primary design",
            unit_of(name, region),
            decimals_of(name, region),
            estimator=f"{measure.design}, of what was planted",
        )
    held = sum(measure.conf_low <= measure.truth <= measure.conf_high for measure in truths.values())
    yield Number("recovery.primary", len(truths), "Primary designs with a known truth", "designs")
    yield Number("recovery.primary_held", held, "Primary intervals that hold the truth", "designs")


def own_truth_reasons(truths: Mapping[Instrument, Measure]) -> dict[str, str]:
    """Return why the truth of primary designs is not told, empty where it is."""
    return {
        "own_truth": "" if truths else OTHER_FILES,
        **{f"own_truth_{name}": "" if name in truths else OTHER_FILES for name in INSTRUMENTS},
    }
