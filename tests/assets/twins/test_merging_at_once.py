"""Two who merge at once, and one who logs or checks while another merges."""

import threading

import pytest
from django.db import connections, transaction
from django.utils import timezone

from assets.models import Asset
from assets.standing import stands_for
from assets.twins.errors import MergeRefusedError
from assets.twins.merging import merge
from assets.twins.models import Merge
from assets.twins.undoing import undo
from fans.connections.models import Connection, Partnership
from fans.connections.services import log_connection
from tests.factories import (
    AssetFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
    member,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Start all at one moment, each in its own connection; return what each gave or raised."""
    start, given = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        try:
            start.wait(timeout=20)
            given[number] = work()
        except Exception as error:
            given[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return given


def test_two_merges_at_once_leave_one_that_stands_for_all():
    ann = member("administrator")
    for _ in range(4):
        a, b, c = AssetFactory(), AssetFactory(), AssetFactory()
        given = at_once(
            lambda a=a, b=b: merge(by=ann, keep=b, lose=a, choices={}),
            lambda b=b, c=c: merge(by=ann, keep=c, lose=b, choices={}),
            lambda a=a, b=b: merge(by=ann, keep=a, lose=b, choices={}),
        )

        assert all(isinstance(each, Merge | MergeRefusedError) for each in given)
        made = [each for each in given if isinstance(each, Merge)]
        assert {each.lose_id for each in made} == {
            asset.pk for asset in Asset.objects.exclude(merged_into=None)
        }
        for each in sorted(made, key=lambda row: -row.pk):
            undo(by=ann, merge=each)


def test_what_is_logged_while_two_become_one_is_never_lost():
    ann, home = member("administrator"), HomeFactory()
    for n in range(6):
        keep, lose = AssetFactory(), AssetFactory()
        tie = PartnershipFactory(home=home, partner=PartnerFactory(asset=lose))
        if n % 2:
            PartnershipFactory(home=home, partner=PartnerFactory(asset=keep))
        said = {"by": ann, "home": home, "happened_on": timezone.localdate()}
        given = at_once(
            lambda k=keep, x=lose: merge(by=ann, keep=k, lose=x, choices={}),
            lambda t=tie, s=said: log_connection(partnership=t, direction="in", **s),
            lambda x=lose, s=said: log_connection(asset=x, direction="out", **s),
        )

        assert [type(each) for each in given] == [Merge, Connection, Connection]
        ties = Partnership.objects.filter(partner__asset=keep)
        assert ties.count() == 1
        assert ties.get().connections.count() == 2
        assert not Partnership.objects.filter(partner__asset=lose).exists()


def test_a_place_that_waits_to_be_pointed_at_is_followed():
    """A partner is about to be made for a place that another has just begun to merge."""
    ann, home = member("administrator"), HomeFactory()
    keep, lose = AssetFactory(), AssetFactory()
    merged, logged = threading.Event(), []

    def log():
        merged.wait(timeout=20)
        try:
            said = {"happened_on": timezone.localdate(), "direction": "in"}
            logged.append(log_connection(by=ann, home=home, asset=lose, **said))
        finally:
            connections.close_all()

    thread = threading.Thread(target=log)
    thread.start()
    with transaction.atomic():
        merge(by=ann, keep=keep, lose=lose, choices={})
        merged.set()
        thread.join(timeout=1.0)
        assert thread.is_alive()  # it waits for the merge to end
    thread.join(timeout=20)

    assert logged[0].partnership.partner.asset == keep
    assert stands_for(lose.pk) == keep.pk
