"""Everything about a county that does not depend on what officials decide from year to year."""

from dataclasses import dataclass

from analysis.region import Region
from analysis.synthetic.calendar import Calendar, calendar_of
from analysis.synthetic.demography import Demography, demography_of
from analysis.synthetic.fortunes import Fortunes, base_of, fortunes_of, shocks_of
from analysis.synthetic.households import Households, households_of
from analysis.synthetic.income import Base
from analysis.synthetic.people import people_of
from analysis.synthetic.places import Townships, Villages, places_of
from analysis.synthetic.projects import Projects, Shares, projects_of, shares_of
from analysis.synthetic.streams import Streams, Texts
from analysis.synthetic.truth import Truth


@dataclass(frozen=True, slots=True)
class Setting:
    """Places, people, fortunes and projects; arrays by household, or households by years."""

    calendar: Calendar
    townships: Townships
    villages: Villages
    households: Households
    demography: Demography
    shock: Texts
    fortunes: Fortunes
    base: Base
    projects: Projects
    shares: Shares


def setting_of(truth: Truth, region: Region, streams: Streams) -> Setting:
    """Draw the setting of a county."""
    calendar = calendar_of(region)
    places = places_of(tuple(region.settings.townships), calendar.first, truth, streams)
    households = households_of(places.villages, truth, streams)
    people = people_of(households, calendar, streams)
    shock = shocks_of(households, places, calendar, truth, streams)
    demography = demography_of(people, households, shock == "illness", calendar, truth, streams)
    fortunes = fortunes_of(households, places, calendar, truth, streams)
    projects = projects_of(places, calendar, truth, streams)
    return Setting(
        calendar=calendar,
        townships=places.townships,
        villages=places.villages,
        households=households,
        demography=demography,
        shock=shock,
        fortunes=fortunes,
        base=base_of(fortunes, shock, households, places.villages, demography, calendar, truth, streams),
        projects=projects,
        shares=shares_of(projects, households, fortunes, calendar, truth, streams),
    )
