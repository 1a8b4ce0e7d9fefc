"""Build the household-year panel of a region from its tables."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.faults import Fault, Faults
from analysis.panel.flow import Flow
from analysis.panel.income import PARTS, SOURCES, income_per_capita
from analysis.panel.status import below_line, under_monitoring
from analysis.panel.treatments import in_force, post_funds, post_years, project_starts, subsidies
from analysis.region import Region
from analysis.region_file import Column, Instrument

KEY = ["household_id", "year"]


@dataclass(frozen=True, slots=True)
class Panel:
    """Household-years with outcome, treatments and clusters.

    `frame` has one row per `household_id, year`, sorted by both, with the columns of the codebook's panel
    table that the region's records allow, and `study`, true on rows that effects are estimated on.
    `sources` are the income sources, empty where the outcome is not composed of them.
    """

    frame: pd.DataFrame
    flow: Flow
    outcome: str
    sources: tuple[str, ...]
    instruments: tuple[Instrument, ...]
    controls: tuple[str, ...]
    fine_cluster: str | None
    coarse_cluster: str | None

    @property
    def study(self) -> pd.DataFrame:
        """Rows of the study sample."""
        return self.frame[self.frame["study"]].reset_index(drop=True)


def build_panel(tables: Mapping[str, pd.DataFrame], region: Region) -> Panel:
    """Return the panel; raises Faults where the outcome cannot be composed from what the region reads."""
    received = tables["households"]
    flow = Flow(()).then("household-years as received", received)
    frame = received
    for variable, allowed in region.settings.keep.items():
        frame = frame[frame[variable].isin(allowed)]
        flow = flow.then(described(variable, allowed, region), frame)
    frame = frame.sort_values(KEY, ignore_index=True)
    composed = set(PARTS) <= set(frame.columns)
    if composed:
        frame = with_income(frame, region)
    require_outcome(frame, region)
    if "identified_month" in frame and "removed_month" in frame:
        frame["under_monitoring"] = under_monitoring(frame)
    for instrument in region.instruments:
        frame = with_treatment(frame, instrument, tables, region)
    if "posts" in tables and "household_type" in frame:
        funds = post_funds(with_village(tables["posts"], frame), frame, region.price_index)
        frame = frame.merge(funds, on=["village_code", "year"], how="left", validate="many_to_one")
    frame, flow = with_study_sample(frame, flow, region)
    return Panel(
        frame=frame,
        flow=flow,
        outcome=region.settings.outcome.variable,
        sources=tuple(SOURCES) if composed else (),
        instruments=region.instruments,
        controls=region.settings.controls,
        fine_cluster="village_code" if "village_code" in frame else None,
        coarse_cluster="township_code" if "township_code" in frame else None,
    )


def described(variable: str, allowed: tuple[str | int | float, ...], region: Region) -> str:
    """Return a condition in words: the variable's label and those of its values."""
    labels = region.codebook.variable(variable).values
    values = [labels[str(value)].en if str(value) in labels else str(value) for value in allowed]
    label = region.codebook.label(variable)
    return f"{label[0].lower()}{label[1:]} is {' or '.join(values)}"


def with_village(posts: pd.DataFrame, households: pd.DataFrame) -> pd.DataFrame:
    """Return the post ledger with the village of the holder's household in place of its own entry."""
    home = households[[*KEY, "village_code"]]
    own = posts.drop(columns="village_code") if "village_code" in posts else posts
    return own.merge(home, on=KEY, how="inner", validate="many_to_one")


def with_income(frame: pd.DataFrame, region: Region) -> pd.DataFrame:
    """Return the frame with income per capita and, where the region has lines, the status against them."""
    income = income_per_capita(frame, region.price_index)
    frame = pd.concat([frame, income], axis="columns")
    if region.line_by_year:
        frame["below_line"] = below_line(frame["income_nominal"], frame["year"], region.line_by_year)
    return frame


def require_outcome(frame: pd.DataFrame, region: Region) -> None:
    """Raise Faults where outcome, controls or the variables of the study sample are not in the panel."""
    needed = [region.settings.outcome.variable, *region.settings.controls, *region.settings.study_sample]
    faults = [
        Fault(
            f"{region.folder / 'region.yaml'}: {name}",
            f"the panel has no {name!r}",
            "a variable that the household table of the region holds, or income composed of all its parts",
            "read the variable, or choose another",
        )
        for name in needed
        if name not in frame
    ]
    if faults:
        raise Faults(faults)


def with_treatment(
    frame: pd.DataFrame, instrument: Instrument, tables: Mapping[str, pd.DataFrame], region: Region
) -> pd.DataFrame:
    """Return the frame with one instrument's treatment as a column of its name."""
    entry = region.settings.instruments[instrument]
    if isinstance(entry, Column):
        return frame.assign(**{instrument: in_force(frame[entry.variable], frame["year"], entry.starts)})
    match instrument:
        case "subsidies":
            return with_subsidies(frame, tables["subsidies"], region)
        case "projects":
            return with_projects(frame, tables["beneficiaries"])
        case "posts":
            merged = frame.merge(post_years(tables["posts"]), on=KEY, how="left", validate="one_to_one")
            return merged.assign(posts=not_in_ledger_is_none(merged["posts"]))


def with_subsidies(frame: pd.DataFrame, ledger: pd.DataFrame, region: Region) -> pd.DataFrame:
    """Return the frame with countable subsidies per capita in prices of the base year."""
    paid = subsidies(ledger, region.codebook)
    merged = frame.merge(paid, on=KEY, how="left", validate="one_to_one")
    prices = merged["year"].map(region.price_index)
    per_capita = not_in_ledger_is_none(merged["paid"]) / merged["household_size"].astype("float64") / prices
    return merged.drop(columns="paid").assign(subsidies=per_capita)


def with_projects(frame: pd.DataFrame, beneficiaries: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the first year of benefit and the absorbing treatment that follows from it."""
    merged = frame.merge(project_starts(beneficiaries), on="household_id", how="left", validate="many_to_one")
    started = merged["project_first_year"].notna() & (merged["project_first_year"] <= merged["year"])
    return merged.assign(projects=started.astype("float64"))


def not_in_ledger_is_none(amount: pd.Series) -> pd.Series:
    """Return the amount, 0 where the ledger has no row: a ledger lists payments only."""
    return amount.astype("float64").mask(amount.isna(), 0.0)


def with_study_sample(frame: pd.DataFrame, flow: Flow, region: Region) -> tuple[pd.DataFrame, Flow]:
    """Mark the rows that effects are estimated on, and count what the marking leaves out."""
    study = pd.Series(True, index=frame.index)
    for variable, allowed in region.settings.study_sample.items():
        study &= frame[variable].isin(allowed)
        flow = flow.then(f"study sample: {described(variable, allowed, region)}", frame[study])
    needed = [region.settings.outcome.variable, *region.instruments, *region.settings.controls]
    complete = study & frame[needed].notna().all(axis="columns")
    flow = flow.then("outcome, treatments and controls known", frame[complete])
    return frame.assign(study=complete), flow
