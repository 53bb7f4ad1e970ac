"""What is told in one go is kept as a whole, or not at all."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fans.connections.errors import AlikeError, ConnectionsError
from fans.connections.models import Connection, Partner
from fans.connections.services.telling import tell
from tests.factories import PartnershipFactory, WishFactory

pytestmark = pytest.mark.django_db

CIRCLE = {"kind": "group", "name": "Ukulele Circle", "category": "clubs_societies"}


def told(**more):
    return {"happened_on": timezone.localdate(), "direction": "in", **more}


def test_somebody_new_gets_a_tie_and_the_first_entry(home, coordinator):
    row = tell(by=coordinator, home=home, **told(newcomer=CIRCLE, residents_count=3))

    assert (str(row.partnership.partner), row.partnership.status) == ("Ukulele Circle", "idea")
    assert (row.home, row.residents_count) == (home, 3)


def test_where_the_entry_is_refused_nobody_new_is_left_behind(home, coordinator):
    with pytest.raises(ConnectionsError):
        tell(by=coordinator, home=home, **told(newcomer=CIRCLE, residents_count=400))

    assert not Partner.objects.exists()


def test_a_name_nearly_known_is_asked_about_first(home, coordinator):
    PartnershipFactory(
        home=home, partner__kind="group", partner__asset=None,
        partner__name="Ukulele Circles", partner__own_category="clubs_societies",
    )  # fmt: skip

    with pytest.raises(AlikeError):
        tell(by=coordinator, home=home, **told(newcomer=CIRCLE))
    row = tell(by=coordinator, home=home, **told(newcomer={**CIRCLE, "seen_alike": True}))
    assert str(row.partnership.partner) == "Ukulele Circle"


def test_an_entry_grants_a_wish_once_however_often_it_is_sent(home, coordinator):
    wish, tie, key = WishFactory(home=home), PartnershipFactory(home=home), uuid.uuid4()
    said = told(partnership=tie, wish=wish, client_uuid=key)

    first, second = (tell(by=coordinator, home=home, **said) for _ in range(2))

    wish.refresh_from_db()
    assert first == second == wish.connection
    assert wish.status == "granted"


def test_nothing_is_logged_where_the_wish_cannot_be_granted(home, coordinator, facilitator):
    over = WishFactory(
        home=home, status="let_go", let_go_on=timezone.localdate(), let_go_why="no_longer"
    )
    tie = PartnershipFactory(home=home)

    with pytest.raises(ConnectionsError):
        tell(by=coordinator, home=home, **told(partnership=tie, wish=over))
    with pytest.raises(PermissionDenied):
        tell(by=facilitator, home=home, **told(partnership=tie, wish=WishFactory(home=home)))
    assert not Connection.objects.exists()
