"""Operations of this part."""

import datetime as dt
from collections import Counter

from django.db import connection, transaction

from fans.connections.layers.models import VolunteerCount
from fans.connections.layers.squares import square_at
from fans.disclosure import publish_count
from fans.people.volunteers.models import AgeBand, Stage, Volunteer


@transaction.atomic
def count_volunteers(*, day: dt.date) -> VolunteerCount:
    """Count active volunteers by square for the month that ``day`` lies in, once.

    A second run finds the month counted and returns what stands. Counted are people of 18
    and over by their rough place; who has none is in no square.
    """
    with connection.cursor() as cursor:  # of two runs at once the second finds all done
        table = VolunteerCount._meta.db_table
        cursor.execute(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')
    month = day.replace(day=1)
    standing = VolunteerCount.objects.filter(month=month).first()
    if standing is not None:
        return standing
    count = VolunteerCount(month=month, body=_published())
    count.full_clean()
    count.save()
    VolunteerCount.objects.filter(month__lt=month).delete()
    return count


def _published() -> dict[str, int | str]:
    active = Volunteer.objects.filter(
        stage=Stage.ACTIVE, age_band=AgeBand.ADULT, location__isnull=False
    )
    points = active.values_list("location", flat=True)
    people = Counter(square_at(point.x, point.y).key for point in points if point)
    return {key: publish_count(count) for key, count in sorted(people.items())}
