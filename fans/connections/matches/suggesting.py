"""Which volunteers and homes fit, by the open rule, each with its reasons in words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models.functions import ExtractWeekDay
from django.http import HttpRequest
from django.utils import timezone

from fans.connections.fitting import Fit
from fans.connections.matches.finding import (
    FIND,
    HOMES_LOOKED_AT,
    LOOKED_AT,
    homes_for,
    is_active,
    volunteers_near,
)
from fans.connections.matches.models import Match
from fans.connections.matches.naming import Names, anonymous
from fans.connections.matches.rule import HomeFacts, VolunteerFacts, Wished, Words, fit
from fans.connections.models import Connection
from fans.connections.wishes.models import Wish
from fans.connections.wishes.tags import TAGS
from fans.people.audit import reads
from fans.people.models import Person
from fans.people.permissions import reach_of
from fans.people.volunteers.lists import DAYS, INTERESTS, LANGUAGES, TIMES
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.reports import rough_miles
from fans.people.volunteers.roles import role_of
from homes.models import Home

WORDS: Final = Words(
    interests={slug: interest.label for slug, interest in INTERESTS.items()}, times=TIMES
)
SHOWN: Final = 10
LATELY: Final = dt.timedelta(weeks=8)


@dataclass(frozen=True)
class Fitting:
    """A volunteer who would fit a home: by first name only where the table lets."""

    volunteer: Volunteer
    label: str
    is_named: bool
    fit: Fit
    enjoys: tuple[str, ...]  # labels; nothing that tells of somebody's faith

    @property
    def volunteer_id(self) -> int:
        """Return the volunteer's key."""
        return self.volunteer.pk


@dataclass(frozen=True)
class HomeFitting:
    """A home that would fit a volunteer."""

    home: Home
    fit: Fit
    distance: str  # in miles, as volunteers are told it

    @property
    def reasons(self) -> list[str]:
        """Return what may be told to whoever is not of the home."""
        return [self.distance, self.fit.part("need").words]


def volunteers_for(home: Home, person: Person, *, most: int = SHOWN) -> list[Fitting]:
    """Return who of the volunteers that ``person`` may find would fit, the best first.

    Empty where they may find none for this home. Whoever shows them notes that they were
    looked at: see ``note_shown``. A bounded number of queries, whatever their number.
    """
    reach = reach_of(person, FIND)
    if not person.has_perm(FIND, home):
        return []
    rows: Any = list(volunteers_near(home, reach)[:LOOKED_AT])  # each with its distance
    facts = home_facts(home)
    found = [
        (fit(facts, volunteer_facts(row, row.distance.m, cleared=row.cleared), WORDS), row)
        for row in rows
    ]
    found.sort(key=lambda each: (-each[0].total, each[1].distance.m, each[1].pk))
    names = Names.for_person(person, [row for _, row in found[:most]])
    return [_fitting(fits, row, names) for fits, row in found[:most]]


def note_shown(request: HttpRequest, found: Sequence[Fitting]) -> None:
    """Log that whoever is signed in was shown these volunteers; call it before showing."""
    reads.note(request, [each.volunteer for each in found], action=FIND)


def homes_that_fit(volunteer: Volunteer, *, most: int = SHOWN) -> list[HomeFitting]:
    """Return the homes near that would fit a volunteer, the best first.

    What people there wish for counts only as a theme that may be told outside the home.
    """
    if not is_active(volunteer):
        return []
    homes: Any = list(homes_for(volunteer)[:HOMES_LOOKED_AT])  # each with its distance
    cleared = Volunteer.objects.cleared(timezone.localdate()).filter(pk=volunteer.pk).exists()
    facts = facts_of_homes(homes, outside=True)
    found = [
        HomeFitting(
            home,
            fit(
                facts[home.pk],
                volunteer_facts(volunteer, home.distance.m, cleared=cleared),
                WORDS,
            ),
            rough_miles(home.distance.m),
        )
        for home in homes
    ]
    order = {home.pk: number for number, home in enumerate(homes)}
    found.sort(key=lambda each: (-each.fit.total, order[each.home.pk]))
    return found[:most]


def home_facts(home: Home) -> HomeFacts:
    """Return what the rule looks at of one home."""
    return facts_of_homes([home])[home.pk]


def facts_of_homes(homes: Iterable[Home], *, outside: bool = False) -> dict[int, HomeFacts]:
    """Return what the rule looks at of homes, in three queries.

    ``outside``: for somebody who is not of the home. Then wishes count for nothing here:
    what a single home's people wish for stays in it.
    """
    ids = [home.pk for home in homes]
    wishes = {} if outside else _wishes(ids)
    come = _who_come(ids)
    days = {} if outside else _busy_days(ids)
    return {
        pk: HomeFacts(
            wished=_themes(wishes.get(pk, [])),
            languages=_languages(wishes.get(pk, [])),
            volunteers_count=len(come.get(pk, [])),
            # Outside, nothing is told of what others who come there enjoy.
            shared=frozenset(
                INTERESTS if outside else (s for likes in come.get(pk, []) for s in likes)
            ),
            busy_days=frozenset(days.get(pk, ())),
        )
        for pk in ids
    }


def volunteer_facts(
    volunteer: Volunteer, distance_m: float | None, *, cleared: bool
) -> VolunteerFacts:
    """Return what the rule looks at of a volunteer, and nothing else of them."""
    role = role_of(volunteer.role_slug)
    return VolunteerFacts(
        interests=tuple(volunteer.interests),
        languages=tuple(volunteer.languages),
        times=tuple(volunteer.times),
        travel_m=volunteer.travel_m,
        distance_m=distance_m,
        role_label=role.label if role else "",
        is_cleared=cleared,
    )


def enjoyed(volunteer: Volunteer) -> tuple[str, ...]:
    """Return what somebody enjoys, in words, without what tells of their faith."""
    shown = (
        INTERESTS[s].label for s in volunteer.interests if s in INTERESTS and s != "prayer"
    )
    return tuple(shown)


def _fitting(fits: Fit, row: Any, names: Names) -> Fitting:
    named = names.of(row)
    return Fitting(
        volunteer=row,
        label=named or anonymous(row.distance.m, travel_m=row.travel_m),
        is_named=bool(named),
        fit=fits,
        enjoys=enjoyed(row),
    )


def _wishes(home_ids: list[int]) -> dict[int, list[Wish]]:
    found: dict[int, list[Wish]] = {}
    for wish in Wish.objects.open().of_homes(home_ids).only("home_id", "tags", "text"):
        found.setdefault(wish.home_id, []).append(wish)
    return found


def _themes(wishes: list[Wish]) -> tuple[Wished, ...]:
    counted = Counter(slug for wish in wishes for slug in wish.tags if slug in TAGS)
    return tuple(
        Wished(TAGS[slug].label, frozenset(TAGS[slug].interests), count)
        for slug, count in counted.most_common()
        if TAGS[slug].interests
    )


def _languages(wishes: list[Wish]) -> dict[str, str]:
    """Return the languages that the words of an open wish about one's roots name."""
    said = " ".join(wish.text.lower() for wish in wishes if "roots" in wish.tags)
    return {code: name for code, name in LANGUAGES.items() if name.lower() in said}


def _who_come(home_ids: list[int]) -> dict[int, list[list[str]]]:
    found: dict[int, list[list[str]]] = {}
    rows = Match.objects.live().of_homes(home_ids).order_by()
    for home_id, likes in rows.values_list("home_id", "volunteer__interests"):
        found.setdefault(home_id, []).append(likes)
    return found


def _busy_days(home_ids: list[int]) -> dict[int, set[str]]:
    """Return the days of the week on which something was logged of late, by home."""
    since = timezone.localdate() - LATELY
    rows = Connection.objects.filter(
        home__in=home_ids, happened_on__gte=since, until_on__isnull=True, undone_at__isnull=True
    ).order_by()
    codes = list(DAYS)
    found: dict[int, set[str]] = {}
    days = rows.values_list("home_id", ExtractWeekDay("happened_on")).distinct()
    for home_id, number in days:  # 1 is Sunday
        found.setdefault(home_id, set()).add(codes[(number - 2) % 7])
    return found
