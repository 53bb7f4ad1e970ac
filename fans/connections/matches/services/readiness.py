"""What each side makes ready before the first visit, so that both understand each other."""

from django.db import transaction
from django.utils import timezone

from fans.connections.matches.models import Match, ReadyTick
from fans.connections.matches.ready import items_of
from fans.connections.matches.services.sides import require_side
from fans.connections.matches.services.standing import locked
from fans.people.models import Person


@transaction.atomic
def tick(*, match: Match, side: str, done: set[str], shown: set[str], by: Person) -> Match:
    """Set what a side has done of its list, where that differs from what the page showed.

    What somebody else ticked meanwhile stays, and what was ticked keeps its day.

    Raises:
        NotTheirsError: ``by`` does not speak for the side.
    """
    row = locked(match)
    require_side(side, home=row.home, volunteer=row.volunteer, by=by)
    listed = {item.slug for item in items_of(side)}
    mine = row.ready_ticks.filter(side=side)
    ticked = set(mine.values_list("item", flat=True))
    mine.filter(item__in=(listed & shown) - done).delete()
    today = timezone.localdate()
    ReadyTick.objects.bulk_create(
        ReadyTick(match=row, side=side, item=item, done_on=today, by=by)
        for item in sorted((listed & done) - shown - ticked)
    )
    return row
