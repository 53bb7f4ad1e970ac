"""Every night: pairs are found, what people said stands, and a cut-short search goes on."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from assets.models import Asset
from assets.twins import sweeping
from assets.twins.errors import PairMovedOnError
from assets.twins.models import Pair, PairState, RowAnswer, Sweep
from assets.twins.services import decide, tell_apart
from assets.twins.sweeping import sweep
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db


def two(name="Boathouse Tea Room", metres=40, **said):
    return (
        factories.AssetFactory(name=name, location=SALE),
        factories.AssetFactory(name=f"The {name}", location=metres_east(SALE, metres), **said),
    )


def test_finds_a_pair_once_with_its_reasons():
    low, high = two()
    factories.AssetFactory(name="Moss Lane Bowling Club")

    assert sweep().pairs_found == 1
    assert sweep(everything=True).pairs_found == 0

    pair = Pair.objects.get()
    assert (pair.low, pair.high, pair.state) == (low, high, PairState.OPEN)
    assert {"code": "near", "counts": pytest.approx(2.2, abs=0.3), "value": 40} in pair.reasons


def test_looks_only_at_what_was_saved_since_and_at_all_when_told():
    two()
    Asset.objects.update(updated_at=timezone.now() - dt.timedelta(days=9))
    Sweep.objects.create(started_at=timezone.now(), finished_at=timezone.now())

    assert (sweep().looked_at, Pair.objects.count()) == (0, 0)
    assert (sweep(everything=True).looked_at, Pair.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    "said",
    [
        {"visibility": "hidden"},
        {"state": "closed"},
    ],
)
def test_what_nobody_sees_makes_no_pair(said):
    two(**said)

    assert sweep().pairs_found == 0


def test_goes_on_after_the_last_batch_that_it_finished(monkeypatch):
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    factories.AssetFactory.create_batch(3)
    two()

    def stop(row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(say=stop)
    halfway = Sweep.objects.get()
    assert (halfway.looked_at, halfway.finished_at) == (2, None)

    done = sweep()
    assert (done.pk, done.looked_at, done.pairs_found) == (halfway.pk, 5, 1)


def test_what_somebody_told_apart_is_never_asked_again_and_can_be_undone():
    two()
    sweep()
    champion = factories.member("administrator")
    pair = decide(by=champion, pair=Pair.objects.get(), state=PairState.DISTINCT)

    sweep(everything=True)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (PairState.DISTINCT, champion)

    pair = decide(by=champion, pair=pair, state=PairState.OPEN)
    assert (pair.state, pair.decided_by, pair.decided_at) == (PairState.OPEN, None, None)


def test_a_pair_that_looks_alike_no_more_goes_unless_somebody_decided():
    _, high = two()
    sweep()
    Asset.objects.filter(pk=high.pk).update(name="Moss Lane Bowling Club")

    sweep(everything=True)

    assert not Pair.objects.exists()


def test_a_row_that_was_told_apart_before_it_came_in_makes_no_pair():
    low, _ = two(source="csv", source_ref="list/1")
    RowAnswer.objects.create(
        source="csv", source_ref="list/1", asset=low, says="distinct", decided_at=timezone.now()
    )

    assert sweep().pairs_found == 0


def test_merged_pairs_are_not_decided_on():
    pair = factories.PairFactory(state="merged", decided_at=timezone.now())

    with pytest.raises(PairMovedOnError):
        decide(by=factories.member("administrator"), pair=pair, state=PairState.OPEN)


def test_a_new_place_that_its_adder_told_apart_makes_no_open_pair():
    low, high = two()
    adder = factories.member("administrator")

    tell_apart(by=adder, asset=high, others=[low])
    sweep()

    pair = Pair.objects.get()
    assert (pair.low, pair.high, pair.state, pair.decided_by) == (low, high, "distinct", adder)


def test_the_command_says_what_it_found(capsys):
    two()

    call_command("find_pairs", "--all")

    assert capsys.readouterr().out.splitlines()[-1] == "Looked at 2 places, found 1 new pairs."
