"""Two who answer for a tie at the same instant: one comes first, and both are written down."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from fans.connections.errors import ConnectionsError
from fans.connections.models import Partnership
from fans.connections.services import Side, confirm
from fans.connections.ties import services
from fans.connections.ties.errors import LinkIsOverError
from fans.connections.ties.models import TieEvent
from fans.connections.ties.services import inviting, partners_word
from fans.connections.ties.services.partners_word import Word
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts):
    both = Barrier(len(acts))

    def run(act):
        try:
            both.wait(timeout=10)
            act()
        except (ConnectionsError, LinkIsOverError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_at_once_lose_no_word_and_make_nothing_active_on_one():
    home, asset = factories.HomeFactory(), factories.AssetFactory(email="choir@example.org")
    ada = factories.member("coordinator", home=home, name="Ada")
    pat = factories.member("partner", asset=asset, name="Pat")
    partner = factories.PartnerFactory(asset=asset)
    tie = factories.PartnershipFactory(home=home, partner=partner)

    # both sides say yes
    told = _at_once(
        lambda: confirm(partnership=tie, side=Side.HOME, by=ada),
        lambda: confirm(partnership=tie, side=Side.PARTNER, by=pat),
    )
    assert told == ["done", "done"]
    assert Partnership.objects.get().status == "active"
    assert TieEvent.objects.filter(kind="yes").count() == 2

    # one takes it back while the other ends it
    last = TieEvent.objects.latest("pk")
    told = _at_once(
        lambda: services.undo(event=last, by=pat if last.by == pat else ada),
        lambda: services.end(partnership=tie, by=ada),
    )
    assert told in (["SinceThenError", "done"], ["done", "done"])
    assert Partnership.objects.get().status == "ended"

    # a yes and a no
    tie = services.reopen(partnership=tie, by=ada)
    told = _at_once(
        lambda: confirm(partnership=tie, side=Side.PARTNER, by=pat),
        lambda: services.decline(partnership=tie, by=ada, reason="no_staff", side=Side.HOME),
    )
    assert told in (["PartnershipOverError", "done"], ["done", "done"])
    tie = Partnership.objects.get()
    assert (tie.status, tie.declined_reason) == ("declined", "no_staff")

    # one link, pressed in two windows
    tie = services.reopen(partnership=tie, by=ada)
    asked = services.approach(partnership=tie, by=ada, channel="phone")
    token = inviting.new_link(asked, "answer")
    factories.PartnerFactory._meta.model.objects.filter(pk=partner.pk).update(
        asset=None, kind="group", name="Choir", own_category="clubs_societies"
    )
    told = _at_once(
        lambda: partners_word.answer_by_link(token=token, word=Word("yes")),
        lambda: partners_word.answer_by_link(token=token, word=Word("no", "other")),
    )
    assert told == ["LinkIsOverError", "done"]
    assert TieEvent.objects.filter(how="link").count() == 1
