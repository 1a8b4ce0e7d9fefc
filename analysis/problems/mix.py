"""How the money of industrial projects is spread over sectors: in the county, by township, over the years."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.concentration import Concentration, concentration
from analysis.estimates.correlations import Correlation, rank_correlation
from analysis.estimates.hypotheses import NotApplicable

SEED = 4
AMOUNT, SECTOR = "investment", "project_sector"
FEWEST_PROJECTS = 8


@dataclass(frozen=True, slots=True)
class TownshipMix:
    """The mix of one township; `money` in yuan, `paid` the yield paid on it, missing where not recorded."""

    code: str
    money: float
    n_projects: int
    paid: float
    mix: Concentration | NotApplicable


@dataclass(frozen=True, slots=True)
class Mix:
    """Sectors with money from the largest on, of the `open_sectors` that there could be.

    `main` is the sector with most projects: by money a few large projects could make any sector the main one.
    `by_year` has `year, sector, money`, `reached` has `year, households`; `money_diversity` is the rank
    correlation of money and diversity over townships.
    """

    main: str
    sectors: tuple[str, ...]
    open_sectors: tuple[str, ...]
    county: Concentration
    townships: tuple[TownshipMix, ...]
    money_diversity: Correlation | NotApplicable
    by_year: pd.DataFrame = field(repr=False)
    reached: pd.DataFrame | None = field(repr=False)

    @property
    def largest(self) -> str:
        """The sector that took most money."""
        return self.sectors[0]


def mix_of(projects: pd.DataFrame, beneficiaries: pd.DataFrame | None, open_sectors: tuple[str, ...]) -> Mix:
    """Return the mix; raises `Faults` where there are fewer than two projects.

    Every sector of the codebook counts as open to every township, whether or not the county has it.
    """
    townships = township_mixes(projects, open_sectors)
    return Mix(
        main=str(projects[SECTOR].value_counts().idxmax()),
        sectors=sectors_of(projects),
        open_sectors=open_sectors,
        county=concentration(projects, AMOUNT, SECTOR, open_sectors, seed=SEED),
        townships=townships,
        money_diversity=attempted("Money and diversity", lambda: money_diversity(townships)),
        by_year=money_by_year(projects),
        reached=None if beneficiaries is None else reached_by_year(beneficiaries),
    )


def money_by_year(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the money of projects that began in each year: `year, sector, money`."""
    named = projects.rename(columns={"project_year": "year", SECTOR: "sector"})
    return named.groupby(["year", "sector"], observed=True).agg(money=(AMOUNT, "sum")).reset_index()


def sectors_of(projects: pd.DataFrame) -> tuple[str, ...]:
    """Return the sectors that the county has, from the largest in money on."""
    money = projects.groupby(SECTOR, observed=True)[AMOUNT].sum().sort_values(ascending=False, kind="stable")
    return tuple(str(sector) for sector in money[money > 0].index)


def township_mixes(projects: pd.DataFrame, open_sectors: tuple[str, ...]) -> tuple[TownshipMix, ...]:
    """Return the mix of each township, none where projects name no township."""
    if "township_code" not in projects:
        return ()
    return tuple(
        TownshipMix(
            str(code),
            float(rows[AMOUNT].sum()),
            len(rows),
            yield_paid(rows),
            township_mix(rows, open_sectors),
        )
        for code, rows in projects.groupby("township_code", observed=True)
    )


def yield_paid(projects: pd.DataFrame) -> float:
    """Return the yield paid on all money, not a number where the ledger has none."""
    if "paid_yield" not in projects:
        return float("nan")
    return float((projects["paid_yield"] * projects[AMOUNT]).sum() / projects[AMOUNT].sum())


def township_mix(rows: pd.DataFrame, open_sectors: tuple[str, ...]) -> Concentration | NotApplicable:
    """Return the concentration of one township, or that its projects are too few to speak of a mix."""
    if len(rows) < FEWEST_PROJECTS:
        return NotApplicable("Mix", f"fewer than {FEWEST_PROJECTS} projects")
    return attempted("Mix", lambda: concentration(rows, AMOUNT, SECTOR, open_sectors, seed=SEED))


def money_diversity(townships: tuple[TownshipMix, ...]) -> Correlation:
    """Return how money and diversity go together; raises `Faults` for fewer than five townships."""
    known = [
        (of.money, -of.mix.herfindahl.estimate) for of in townships if not isinstance(of.mix, NotApplicable)
    ]
    points = np.array(known, dtype=float).reshape(-1, 2)
    return rank_correlation(points[:, 0], points[:, 1])


def reached_by_year(beneficiaries: pd.DataFrame) -> pd.DataFrame:
    """Return the households reached for the first time in each year: `year, households`."""
    first = beneficiaries.groupby("household_id")["benefit_from_year"].min()
    counted = first.value_counts().sort_index()
    return pd.DataFrame({"year": counted.index.astype("int64"), "households": counted.to_numpy()})
