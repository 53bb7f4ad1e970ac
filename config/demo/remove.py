"""Takes the demo away, with everything that was entered in it; nothing else is touched."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from assets.models import Asset, AssetSource
from config.demo.programme import PROGRAMME
from fans.cohorts.models import Cohort, Enrolment, Programme
from fans.connections.models import Connection, Partner, Partnership, Tally
from fans.openness.models import Assessment, Wave
from fans.people.demo import forget_passwords
from fans.people.models import OutboxMail, Person
from fans.research.models import Extract, Study
from geo.models import Area
from homes.models import Home


@transaction.atomic
def remove() -> int:
    """Delete the demo's rows, from the leaves to the roots; return how many."""
    removed = sum(rows.delete()[0] for rows in _rows())
    transaction.on_commit(forget_passwords)
    return removed


def _rows() -> Iterator[QuerySet[Any]]:
    """Yield what to delete next; each is asked once those before it are gone."""
    enrolments = Enrolment.objects.filter(Q(home__is_demo=True) | Q(cohort__is_demo=True))
    yield Assessment.objects.filter(wave__enrolment__in=enrolments)
    yield Wave.objects.filter(enrolment__in=enrolments)
    yield Extract.objects.filter(study__cohort__is_demo=True)
    yield Study.objects.filter(cohort__is_demo=True)
    yield enrolments

    # A place that somebody added while looking around is as made up as the rest.
    places = Asset.objects.filter(
        Q(source=AssetSource.DEMO) | Q(created_by__is_demo=True, source=AssetSource.LOCAL)
    )
    ties = Partnership.objects.filter(Q(home__is_demo=True) | Q(partner__asset__in=places))
    partners = list(ties.values_list("partner", flat=True).distinct())
    yield Connection.objects.filter(partnership__in=ties)
    yield Tally.objects.filter(home__is_demo=True)
    yield ties
    yield Partner.objects.filter(
        Q(pk__in=partners) | Q(asset__in=places), partnerships__isnull=True
    )
    yield places
    yield Home.objects.filter(is_demo=True)

    yield Cohort.objects.filter(is_demo=True)
    yield Programme.objects.filter(name=PROGRAMME, cohorts__isnull=True)
    people = Person.objects.filter(is_demo=True)
    yield OutboxMail.objects.filter(to__in=people.values("email"))
    yield people
    yield Area.objects.filter(is_demo=True)
