"""What an extract holds, and what it leaves out: one answer for page, count and file."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fans.cohorts.models import Enrolment
from fans.connections.models import Connection, ConnectionQuerySet, Partnership
from fans.disclosure import Shown, publish_ties
from fans.openness.models import Wave
from fans.research.models import Study
from fans.research.private import private_person, told
from homes.models import Home, HomeQuerySet

LONGEST_LOOK_BACK = dt.timedelta(days=56)
"""The window of a small home: what a look-back at month 0 may ask about."""


@dataclass(frozen=True)
class Contents:
    """The records of one study on one day, as querysets."""

    study: Study
    on: dt.date

    def enrolments(self) -> QuerySet[Enrolment]:
        """Return the enrolments whose home has agreed, by ``on``, to research."""
        return self.study.cohort.enrolments.filter(research_agreed_on__lte=self.on)

    def homes(self) -> HomeQuerySet:
        """Return the homes that take part."""
        return Home.objects.filter(pk__in=self.enrolments().values("home"))

    def all_ties(self) -> QuerySet[Partnership]:
        """Return every tie of these homes, those with private persons included."""
        return Partnership.objects.filter(home__in=self.enrolments().values("home"))

    def ties(self) -> QuerySet[Partnership]:
        """Return the ties that are told."""
        return self.all_ties().filter(told())

    def all_rows(self) -> ConnectionQuerySet:
        """Return every row of these homes' parts in the cohort, those taken back included.

        From the look-back's first day, whatever its length, to the enrolment's last: what
        a home does before, afterwards or in another cohort was not agreed to.
        """
        since = OuterRef("happened_on") + LONGEST_LOOK_BACK
        not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("happened_on"))
        part = self.enrolments().filter(not_over, home=OuterRef("home"), starts_on__lte=since)
        return Connection.objects.filter(Exists(part))

    def rows(self) -> ConnectionQuerySet:
        """Return the rows of the log that are told."""
        return self.all_rows().standing().filter(told("partnership__"))

    def size(self) -> dict[str, int]:
        """Count what an extract holds, and the homes it could hold. Five queries."""
        return {
            "homes": self.enrolments().count(),
            "enrolled": self.study.cohort.enrolments.count(),
            "ties": self.ties().count(),
            "rows": self.rows().count(),
            "waves": Wave.objects.filter(
                enrolment__in=self.enrolments(), score__isnull=False
            ).count(),
        }

    def left_out(self) -> dict[str, Shown]:
        """Count what is not told, in numbers that may leave. Seven queries.

        Ties with private persons and families are as good as persons: 1 to 7 is ``*``,
        more goes to the nearest 5.
        """
        ties = self.all_ties().exclude(told())
        rows = self.all_rows().standing().exclude(told("partnership__"))
        person, row_person = private_person(), private_person("partnership__")
        agreed, enrolled = self.enrolments().count(), self.study.cohort.enrolments.count()
        return {
            "homes_without_agreement": enrolled - agreed,
            "ties_with_private_persons": _persons(ties.filter(person)),
            "rows_with_private_persons": _persons(rows.filter(row_person)),
            "ties_with_families": _persons(ties.exclude(person)),
            "rows_with_families": _persons(rows.exclude(row_person)),
            "rows_taken_back": self.all_rows().exclude(undone_at=None).count(),
        }


def _persons(ties_or_rows: QuerySet[Any]) -> Shown:
    return publish_ties(ties_or_rows.count(), with_private_person=True)
