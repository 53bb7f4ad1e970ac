"""Takes the demo away, with everything that was entered in it; nothing else is touched."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet

from assets.models import Asset, AssetSource
from assets.rounds.models import Round
from config.demo.keeping import suggestions
from config.demo.programme import PROGRAMME
from config.made_up import COUNTRY_COHORT, COUNTRY_NUMBER, COUNTRY_REF
from fans.cohorts.models import Cohort, Enrolment, Programme
from fans.connections.grid.models import GridSave
from fans.connections.layers.models import VolunteerCount
from fans.connections.matches.models import Match
from fans.connections.models import Connection, Partner, Partnership, Tally
from fans.openness.aggregates.models import Circle
from fans.openness.lived.models import Due
from fans.openness.models import SCORE_FROZEN, Assessment, ContextEvent, Wave
from fans.people.demo import forget_passwords
from fans.people.models import Person
from fans.people.post.models import Mail
from fans.people.safeguarding.models import Contact
from fans.people.volunteers.models import HoursEntry
from fans.research.models import Extract, Study
from geo.models import Area
from homes.models import Home


def demo_homes() -> QuerySet[Home]:
    """Return the demo's homes, not those of a made-up country beside it."""
    country = Q(registrations__regulator_id__startswith=COUNTRY_NUMBER)
    return Home.objects.filter(is_demo=True).exclude(country)


@transaction.atomic
def remove() -> int:
    """Delete the demo's rows, from the leaves to the roots; return how many."""
    with pgtrigger.ignore(f"openness.Score:{SCORE_FROZEN}"):
        removed = sum(_delete(rows) for rows in _rows())
    transaction.on_commit(forget_passwords)
    return removed


def _delete(rows: QuerySet[Any]) -> int:
    """Delete rows, after what was entered while looking around and holds them fast."""
    try:
        with transaction.atomic():
            return rows.delete()[0]
    except ProtectedError as error:
        holding: dict[Any, set[Any]] = defaultdict(set)
        for row in error.protected_objects:
            holding[type(row)].add(row.pk)
    first = sum(
        _delete(model._base_manager.filter(pk__in=pks)) for model, pks in holding.items()
    )
    return first + _delete(rows)


def _rows() -> Iterator[QuerySet[Any]]:
    """Yield what to delete next; each is asked once those before it are gone."""
    homes = demo_homes()
    cohorts = Cohort.objects.filter(is_demo=True).exclude(name__startswith=COUNTRY_COHORT)
    enrolments = Enrolment.objects.filter(Q(home__in=homes) | Q(cohort__in=cohorts))
    yield ContextEvent.objects.filter(home__in=homes)
    yield Assessment.objects.filter(wave__enrolment__in=enrolments)
    yield Wave.objects.filter(enrolment__in=enrolments)
    yield Extract.objects.filter(study__cohort__in=cohorts)
    yield Study.objects.filter(cohort__in=cohorts)
    yield enrolments
    yield Circle.objects.filter(homes=None)  # of which no home is left

    # A place that somebody added while looking around is as made up as the rest.
    places = Asset.objects.filter(
        Q(source=AssetSource.DEMO) & ~Q(source_ref__startswith=COUNTRY_REF)
        | Q(created_by__is_demo=True, source=AssetSource.LOCAL)
    )
    ties = Partnership.objects.filter(Q(home__in=homes) | Q(partner__asset__in=places))
    partners = list(ties.values_list("partner", flat=True).distinct())
    yield GridSave.objects.filter(home__in=homes)
    yield Connection.objects.filter(partnership__in=ties)
    yield Tally.objects.filter(home__in=homes)
    yield ties
    yield Partner.objects.filter(
        Q(pk__in=partners) | Q(asset__in=places), partnerships__isnull=True
    )
    yield suggestions()
    yield Round.objects.filter(made_by__is_demo=True)
    yield places
    yield Match.objects.filter(Q(volunteer__person__is_demo=True) | Q(home__in=homes))
    # Elsewhere hours stay when their giver goes; these were never given.
    yield HoursEntry.objects.filter(Q(volunteer__person__is_demo=True) | Q(home__in=homes))
    yield VolunteerCount.objects.all()  # with them in it; the next night counts again
    yield homes
    yield Due.objects.exclude(home_id__in=Home.objects.values("pk"))

    yield cohorts
    yield Programme.objects.filter(name=PROGRAMME, cohorts__isnull=True)
    people = Person.objects.filter(is_demo=True)
    yield Mail.objects.filter(to__in=people.values("email"))
    yield people
    yield Contact.objects.filter(is_demo=True)
    yield Area.objects.filter(is_demo=True)
