"""Two records of one house become one: so do their welcome cards."""

from django.db.models import QuerySet

from homes.models import Home
from homes.welcome.models import WelcomeCard


def keep_one_card(rows: QuerySet[WelcomeCard], kept: Home) -> None:
    """Keep the card of the home that stays; without one, the other's.

    What the other said stays in the record of changes.
    """
    if WelcomeCard.objects.filter(home=kept).exists():
        rows.delete()
    else:
        rows.update(home=kept)
