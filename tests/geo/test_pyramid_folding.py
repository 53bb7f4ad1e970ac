import logging
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import Sum

from assets.models import Asset
from geo.models import PyramidCell, PyramidChange, PyramidCheck
from geo.pyramid import MARKED_PAGE, CellsAsked
from geo.pyramid_folding import check, fold, fold_all
from geo.tasks import check_pyramid, fold_pyramid
from geo.tiles import Tile
from tests.factories import AssetFactory, member
from tests.geo.pyramid import ALL, shown

pytestmark = pytest.mark.django_db

WORLD = Tile(0, 0, 0)


def test_folds_in_the_oldest_changes_first_and_says_how_many():
    for _ in range(3):
        AssetFactory()
    last = PyramidChange.objects.latest("pk")

    assert fold(most=2) == 2
    assert PyramidChange.objects.get() == last
    assert fold() == 1
    assert fold() == 0
    assert fold_all() == 0


def test_each_minute_what_has_changed_is_folded_in():
    AssetFactory()

    fold_pyramid(timestamp=0)

    assert not PyramidChange.objects.exists()
    assert shown(ALL, WORLD).total() == 1


def spoil():
    """Let a place stand that no trigger saw, and let one cell be wrong."""
    AssetFactory()
    PyramidChange.objects.all().delete()
    AssetFactory()
    fold_all()
    cell = PyramidCell.objects.order_by("key").first()
    PyramidCell.objects.filter(pk=cell.pk).update(n=9)


def test_a_check_tells_how_many_cells_are_wrong_and_leaves_them():
    spoil()

    found = check()

    assert found.different == found.cells > 10
    assert shown(ALL, WORLD).total() == 9
    assert PyramidCheck.objects.get() == found


def test_mending_puts_right_what_differs():
    spoil()

    assert check(mend=True).different > 0

    assert check().different == 0
    assert shown(ALL, WORLD).total() == 2


def test_mending_forgets_cells_that_no_place_lies_in():
    AssetFactory().delete()
    PyramidChange.objects.all().delete()
    PyramidCell.objects.create(key=5, n=1, sx=0, sy=0)

    check(mend=True)

    assert not PyramidCell.objects.exists()


def test_every_night_what_differs_is_told_and_put_right(caplog):
    spoil()

    with caplog.at_level(logging.ERROR):
        check_pyramid(timestamp=0)
        check_pyramid(timestamp=0)

    (told,) = caplog.records
    assert "were not what the places say" in told.message
    assert PyramidCheck.objects.first().different == 0


def test_the_command_tells_and_mends(capsys):
    spoil()

    with pytest.raises(CommandError, match="cells differ"):
        call_command("check_cells")
    call_command("check_cells", mend=True)
    call_command("check_cells")

    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("cells differ, and were put right.")
    assert second.startswith("0 of ")
    assert PyramidCell.objects.aggregate(Sum("n"))["n__sum"] > 0


def test_an_administrator_reads_the_checks_and_changes_none(client):
    found = check()
    client.force_login(member("administrator"))

    page = client.get("/admin/geo/pyramidcheck/")

    assert str(found.cells) in page.content.decode()
    assert client.get("/admin/geo/pyramidcheck/add/").status_code == 403
    assert client.post(f"/admin/geo/pyramidcheck/{found.pk}/delete/").status_code == 403


def test_places_that_stand_are_counted_by_kind_while_others_write():
    # As the migration finds them: cells without kinds, a change from before and one after.
    build = import_module("assets.migrations.0016_count_kinds_with_a_way_in").build
    AssetFactory(wheelchair="yes", category="faith")
    fold_all()
    PyramidCell.objects.filter(key__gte=MARKED_PAGE).delete()
    AssetFactory(wheelchair="limited", category="faith")
    PyramidChange.objects.update(kind=0)
    AssetFactory(wheelchair="yes", category="faith")
    fold(most=1)
    Asset.objects.filter(wheelchair="limited").update(wheelchair="yes", category="sport")

    build(None, connection.schema_editor())

    for _ in range(2):
        assert check().different == 0
        faith, sport = (
            CellsAsked("assets", kinds=(kind,), mark="way_in") for kind in ("faith", "sport")
        )
        assert shown(faith, WORLD).total() == 2
        assert shown(sport, WORLD).total() == 1
        fold_all()


@pytest.mark.parametrize(("what", "kind"), [(9, 1), (249, 31), (249, -1)])
def test_only_what_has_a_mark_tells_its_kind(what, kind):
    with pytest.raises(IntegrityError, match="geo_pyramidchange_kind_of_marked"):
        PyramidChange.objects.create(x=1, y=1, what=what, kind=kind, n=1)
