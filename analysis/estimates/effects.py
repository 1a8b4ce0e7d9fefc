"""The effects of the instruments of a panel: every outcome by every specification."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from analysis.estimates.agreement import Agreement, agreement
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, LADDER, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_ladder, fit_panel
from analysis.estimates.results import Fit
from analysis.estimates.second_engine import fit_second
from analysis.estimates.specification_tests import hausman_test, mundlak_test
from analysis.estimates.wild_bootstrap import WildBootstrap, wild_bootstrap
from analysis.panel.build import Panel
from analysis.panel.income import without
from analysis.side_by_side import Workers

SEED = 20200101
DRAWS = 99_999
RANDOM = Specification("random", "common")
CORRELATED = Specification("correlated", "common")


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Fits by outcome and specification; `headline` is the specification that the text quotes."""

    design: PanelDesign
    outcome: str
    sources: tuple[str, ...]
    fits: Mapping[tuple[str, Specification], Fit]
    ladder: tuple[Specification, ...]
    headline: Specification
    hausman: TestResult | NotApplicable
    mundlak: TestResult | NotApplicable
    wild: Mapping[str, WildBootstrap | NotApplicable]
    agreements: tuple[Agreement, ...]

    def outcomes(self, instrument: str) -> tuple[str, ...]:
        """Return total outcome and, where it is composed, the outcome without the instrument's payment."""
        return (self.outcome, without(instrument)) if self.sources else (self.outcome,)

    def fit(self, outcome: str, specification: Specification | None = None) -> Fit:
        """Return the fit of an outcome, by the headline specification unless another is named."""
        return self.fits[outcome, specification or self.headline]


def estimate_effects(panel: Panel, workers: Workers, progress: Callable[[str], None]) -> Effects:
    """Fit every outcome of the panel by every specification its records allow."""
    design = PanelDesign(
        entity="household_id",
        period="year",
        treatments=panel.instruments,
        controls=panel.controls,
        clusters=panel.fine_cluster,
        group=panel.coarse_cluster,
    )
    ladder = tuple(step for step in LADDER if step.period != "by_group" or panel.coarse_cluster is not None)
    jobs = {
        outcome: partial(fit_ladder, panel.study, outcome, design, ladder) for outcome in outcomes_of(panel)
    }
    fitted = workers.run("estimating the effects", jobs, progress)
    fits = {
        (outcome, step): fit
        for outcome, found in fitted.items()
        for step, fit in zip(ladder, found, strict=True)
    }
    headline = ladder[-1] if panel.coarse_cluster is not None else HOUSEHOLD_YEAR
    return Effects(
        design=design,
        outcome=panel.outcome,
        sources=panel.sources,
        fits=fits,
        ladder=ladder,
        headline=headline,
        hausman=hausman(panel, design),
        mundlak=mundlak_test(fits[panel.outcome, CORRELATED]),
        wild={instrument: township_inference(panel, design, instrument) for instrument in panel.instruments},
        agreements=tuple(
            agreement(fits[panel.outcome, step], fit_second(panel.study, panel.outcome, design, step))
            for step in ladder
        ),
    )


def outcomes_of(panel: Panel) -> tuple[str, ...]:
    """Return the outcome, what it is without each instrument's payment, and its sources."""
    composed = [without(name) for name in panel.instruments] if panel.sources else []
    return tuple(dict.fromkeys([panel.outcome, *composed, *panel.sources]))


def hausman(panel: Panel, design: PanelDesign) -> TestResult | NotApplicable:
    """Test random against household effects, both with year effects and the classical errors it needs."""
    classical = replace(design, clusters=None)
    fixed = fit_panel(panel.study, panel.outcome, classical, HOUSEHOLD_YEAR)
    return hausman_test(fixed, fit_panel(panel.study, panel.outcome, classical, RANDOM))


def township_inference(panel: Panel, design: PanelDesign, instrument: str) -> WildBootstrap | NotApplicable:
    """Bootstrap the effect of one instrument under household and year effects, over townships."""
    if panel.coarse_cluster is None:
        return NotApplicable("wild cluster bootstrap", "the records name no township")
    by_township = replace(design, clusters=panel.coarse_cluster)
    return wild_bootstrap(
        panel.study, panel.outcome, by_township, instrument, draws=DRAWS, weights="webb", seed=SEED
    )
