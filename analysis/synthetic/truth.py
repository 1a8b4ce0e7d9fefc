"""Everything that is planted in a synthetic county, and the switches that turn single problems off."""

from dataclasses import dataclass
from typing import Annotated, Literal, get_type_hints

PostBand = Literal["linear", "kink", "two_thresholds"]


@dataclass(frozen=True, slots=True)
class Truth:
    """The planted parameters; money per capita is in yuan a year at prices of the region's base year."""

    seed: Annotated[int, "seed of every random stream"] = 371481
    households_registered: Annotated[int, "households registered as poor in the first year"] = 6772
    households_ordinary: Annotated[int, "ordinary households for comparison"] = 3000
    villages: Annotated[int, "villages, at least one in each township"] = 490

    selection: Annotated[float, "strength of selection into all instruments; 0 is as good as random"] = 1.0
    effect_scale: Annotated[
        float,
        "factor on the net effect of all instruments; 0 plants no effect at all",
    ] = 1.0
    township_discretion: Annotated[float, "spread of township rules; 0 gives all the official ones"] = 1.0
    official_spread: Annotated[float, "spread of the motivation of officials; 0 makes all alike"] = 1.0
    official_level: Annotated[float, "mean motivation of officials, in spreads of the bundled county"] = 0.0
    single_path: Annotated[
        float,
        "pull of projects to photovoltaics; 0 makes every sector equally likely in every township",
    ] = 1.0
    path_price: Annotated[float, "investment for a place in photovoltaics over that in other sectors"] = 1.5
    flexible_subsidies: Annotated[
        bool,
        "subsidies fill what each household lacks to the line, and replace the rest of what a shock took",
    ] = False
    attrition: Annotated[float, "factor on deaths, moves and splits; 0 keeps every member"] = 1.0
    volatility: Annotated[float, "factor on transitory income and shocks; 0 leaves only levels"] = 1.0
    reporting: Annotated[bool, "officials round, heap and err; off gives exact yuan"] = True

    level_registered: Annotated[
        tuple[float, ...],
        "mean income per capita of registered households before any instrument, by year",
    ] = (3060.0, 4160.0, 5350.0, 6380.0, 7500.0, 9010.0, 10050.0, 11170.0)
    level_ordinary: Annotated[
        tuple[float, ...],
        "mean income per capita of ordinary households before any instrument, by year",
    ] = (15940.0, 16620.0, 17800.0, 18550.0, 19020.0, 20810.0, 21500.0, 22910.0)
    permanent_sd: Annotated[float, "spread of permanent income of registered households"] = 1750.0
    permanent_sd_ordinary: Annotated[float, "spread of permanent income of ordinary households"] = 4300.0
    marginal_share: Annotated[float, "share of ordinary households that are marginal"] = 0.09
    marginal_gap: Annotated[float, "permanent income that marginal households lack"] = 12000.0
    village_sd: Annotated[float, "spread of permanent income between villages"] = 450.0
    village_trend_sd: Annotated[float, "spread of yearly growth between villages"] = 20.0
    labour_gain: Annotated[float, "income per capita if all members instead of none are able to work"] = 900.0
    transitory_sd: Annotated[float, "spread of transitory income, share of the level of the year"] = 0.20
    transitory_persistence: Annotated[float, "autocorrelation of transitory income from year to year"] = 0.3
    place_year_sd: Annotated[
        float,
        "spread of township-year and village-year shocks, share of the level",
    ] = 0.02
    shock_rates: Annotated[
        tuple[float, float, float],
        "yearly probability of severe illness, disaster, loss of work",
    ] = (0.035, 0.012, 0.03)
    shock_losses: Annotated[
        tuple[float, float, float],
        "loss through severe illness, disaster, loss of work, share of the level of the year",
    ] = (0.20, 0.14, 0.22)
    shock_carry: Annotated[float, "share of a loss that lasts into the following year"] = 0.35

    post_band: Annotated[
        PostBand,
        "net gain per yuan of post pay by the village's post funds: constant; continuous gain with "
        "one kink; or one gain below, one between and one above two thresholds",
    ] = "two_thresholds"
    post_thresholds: Annotated[
        tuple[float, float],
        "post funds in real yuan a year per registered household; the kink is at the second",
    ] = (400.0, 2000.0)
    post_gains: Annotated[
        tuple[float, float, float],
        "net gain per yuan of post pay below, between and above the thresholds",
    ] = (0.30, 0.65, 0.15)
    post_gain_linear: Annotated[float, "net gain per yuan of post pay without a band"] = 0.58
    post_start: Annotated[float, "log odds that a candidate takes a post in a year"] = -2.9
    post_selection: Annotated[
        tuple[float, float, float],
        "selection into posts: weak labour, low permanent income, bad preceding year",
    ] = (0.9, 0.75, 0.35)
    post_terms: Annotated[tuple[int, ...], "months of a term, equally likely"] = (12, 24, 36)
    post_renewal: Annotated[float, "added log odds of a post in the year after a term ended"] = 1.6
    post_over_age: Annotated[float, "probability that the age limit is not applied to a holder"] = 0.06
    post_on_paper: Annotated[
        float,
        "share of candidates whose posts stand in the ledger without months",
    ] = 0.006
    supervised_townships: Annotated[
        int,
        "townships whose posts a third party supervises from 2022 or 2023",
    ] = 3

    pass_through_able: Annotated[
        tuple[float, float],
        "net gain per yuan of subsidy of households with labour, evenly spread",
    ] = (0.75, 0.90)
    pass_through_no_labour: Annotated[
        float,
        "net gain per yuan of subsidy of households without labour",
    ] = 1.0
    dibao_need: Annotated[
        tuple[float, float, float],
        "need for dibao: low permanent income, low income of the preceding year, no labour",
    ] = (1.0, 0.11, 0.35)
    dibao_review: Annotated[float, "probability that a household's grade is reviewed in a year"] = 0.22
    dibao_grades: Annotated[
        tuple[float, float, float],
        "rigid amounts per person, shares of the standard",
    ] = (0.18, 0.39, 0.72)
    measure_dibao: Annotated[float, "share of the monitored whose first measure is dibao"] = 0.5
    relief_share: Annotated[float, "share of households struck by a shock that get prompt relief"] = 0.2
    dibao_standard: Annotated[
        tuple[float, ...],
        "dibao standard by year, nominal",
    ] = (3500.0, 3900.0, 4300.0, 4800.0, 5800.0, 6600.0, 7300.0, 7900.0)
    tekun_standard: Annotated[
        tuple[float, ...],
        "support of the destitute, nominal",
    ] = (4800.0, 5300.0, 5800.0, 6400.0, 7600.0, 8700.0, 9600.0, 10400.0)
    disability_rate: Annotated[
        tuple[float, ...],
        "disability allowance, nominal",
    ] = (720.0, 840.0, 960.0, 1080.0, 1200.0, 1320.0, 1440.0, 1560.0)
    pension_rate: Annotated[
        tuple[float, ...],
        "pension of a person of 60, nominal",
    ] = (1200.0, 1260.0, 1416.0, 1416.0, 1704.0, 1800.0, 1920.0, 1980.0)

    project_effect: Annotated[
        tuple[float, float, float],
        "total effect on income in year 0, year 1 and from year 2 on, share of income",
    ] = (0.0, 0.02, 0.04)
    diversity_gain: Annotated[
        tuple[float, float, float],
        "factor on the effect with one, two, three or more sectors in the village",
    ] = (0.6, 1.3, 2.0)
    idle_factor: Annotated[float, "factor on effect and dividend where the asset is idle"] = 0.3
    dividend: Annotated[float, "mean dividend of a beneficiary household at full operation, nominal"] = 490.0
    project_selection: Annotated[
        tuple[float, float, float],
        "selection into projects: able village, high permanent income, connections",
    ] = (0.7, 0.8, 0.7)

    line_spread: Annotated[float, "township lines spread evenly over 1 plus or minus this share"] = 0.14
    exit_multiples: Annotated[
        tuple[float, float],
        "range of township exit multiples of the line",
    ] = (1.0, 1.5)
    minimum_spells: Annotated[tuple[int, int], "range of township minimum spells in months"] = (3, 12)
    local_information: Annotated[float, "weight of local volatility in the order of township lines"] = 0.5
    monitoring_from: Annotated[int, "first year of inclusions"] = 2020
    inclusion_below: Annotated[float, "probability of inclusion just below the township's line"] = 0.62
    inclusion_above: Annotated[float, "probability of inclusion just above it, falling with distance"] = 0.06
    removal: Annotated[
        tuple[float, float, float],
        "yearly probability of removal: rule met; rule met but no labour; income short of the rule",
    ] = (0.92, 0.20, 0.18)
    year_end_bunching: Annotated[float, "share of removals written down in December"] = 0.65
    heaping_hundreds: Annotated[float, "share of reports rounded to a hundred yuan per capita"] = 0.15
    heaping_line: Annotated[
        float,
        "share of reports within 5 percent of the township's line put at it",
    ] = 0.35
    report_error: Annotated[float, "spread of mean-zero errors in reported wages and business income"] = 0.03
    shading: Annotated[float, "share of its deviation from the official line that a township admits"] = 0.5


def meanings() -> dict[str, str]:
    """Return what each parameter of Truth means."""
    hints = get_type_hints(Truth, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}
