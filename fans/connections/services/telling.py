"""What somebody tells the log in one go: with whom, what, and the wish that it granted."""

import datetime as dt
import uuid
from typing import Any, Required, TypedDict, Unpack

from django.db import transaction

from assets.models import Asset
from fans.connections.models import Connection, Partnership
from fans.connections.services.log import Details, log_connection
from fans.connections.services.newcomers import start_tie_with_new
from fans.connections.wishes.models import Wish
from fans.connections.wishes.services import grant
from fans.people.models import Person
from homes.models import Home


class Newcomer(TypedDict, total=False):
    """Somebody that the home has no tie with, and no map knows."""

    kind: Required[str]  # a PartnerKind but a place
    name: Required[str]
    category: str  # of a group
    seen_alike: bool  # somebody has looked at those of nearly the same name


class Told(Details, total=False):
    """What was told: one of ``partnership``, ``asset`` and ``newcomer`` says with whom."""

    happened_on: Required[dt.date]
    direction: Required[str]
    partnership: Partnership | None
    asset: Asset | None
    newcomer: Newcomer | None
    wish: Wish | None
    client_uuid: uuid.UUID | None


@transaction.atomic
def tell(*, by: Person, home: Home, **told: Unpack[Told]) -> Connection:
    """Log what was told: all of it, or, where any part is refused, nothing.

    Raises:
        ConnectionsError: one of its kinds, naming the field.
        PermissionDenied: a wish is to be granted by somebody who may not.
        ValidationError: a constraint is broken.
    """
    entry: dict[str, Any] = dict(told)
    newcomer, wish = entry.pop("newcomer", None), entry.pop("wish", None)
    if newcomer is not None:
        entry["partnership"] = start_tie_with_new(by=by, home=home, **newcomer)
    row = log_connection(by=by, home=home, **entry)
    # The same form sent again: its wish has come true already.
    if wish is not None and not row.granted_wishes.filter(pk=wish.pk).exists():
        grant(wish=wish, by=by, connection=row)
    return row
