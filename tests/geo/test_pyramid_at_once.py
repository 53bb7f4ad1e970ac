"""Eight who write at once, two who fold, and one who reads all the while."""

import random
import threading

import pytest
from django.db import connection, connections, transaction

from assets.models import Asset
from geo.models import PyramidCell, PyramidChange
from geo.pyramid import CellsAsked
from geo.pyramid_counting import count_all
from geo.pyramid_folding import check, fold, fold_all
from geo.tiles import Tile
from tests.factories import NORWICH, SALE, AssetFactory, metres_east
from tests.geo.pyramid import ALL, assert_right, shown

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = 24
TURNS = 12


class Crew:
    """Threads that each do their work until it is done, and keep what went wrong."""

    def __init__(self):
        self.wrong, self.done, self.answers = [], threading.Event(), []

    def run(self, works, beside):
        """Run ``works`` to their end, and ``beside`` over and over until then."""
        writers = [threading.Thread(target=self._once, args=(work,)) for work in works]
        others = [threading.Thread(target=self._on_and_on, args=(work,)) for work in beside]
        for thread in writers + others:
            thread.start()
        for thread in writers:
            thread.join(timeout=60)
        self.done.set()
        for thread in others:
            thread.join(timeout=60)
        assert not any(thread.is_alive() for thread in writers + others)
        assert self.wrong == []

    def _once(self, work):
        try:
            work()
        except Exception as error:
            self.wrong.append(error)
        finally:
            connections.close_all()

    def _on_and_on(self, work):
        def again():
            while not self.done.is_set():
                work()

        self._once(again)


def some(places, draw):
    """Return a few places by id: all writers take their rows in one order."""
    return sorted(draw.sample(places, 3))


def move_about(places, seed):
    """Change much, but never how many places there are."""
    draw = random.Random(seed)  # noqa: S311 - no secret

    def work():
        for turn in range(TURNS):
            with transaction.atomic():
                for pk in some(places, draw):
                    Asset.objects.filter(pk=pk).update(
                        location=metres_east(draw.choice([SALE, NORWICH]), 500 * draw.random()),
                        category=draw.choice(["faith", "sport"]),
                        check_state=draw.choice(["fresh", "due", "stale"]),
                        could_give=draw.choice(["", "Cake"]),
                        wheelchair=draw.choice(["yes", "limited", "no"]),
                    )
                if turn % 4 == 0:
                    Asset.objects.filter(pk=places[-1]).update(visibility="hidden")
                    transaction.set_rollback(True)

    return work


def come_and_go(places, seed):
    """Add, hide, show again and take away, one by one and many by one statement."""
    draw = random.Random(seed)  # noqa: S311 - no secret

    def work():
        for turn in range(TURNS):
            with transaction.atomic():
                added = [AssetFactory.build(location=SALE, name=f"{turn}") for _ in range(3)]
                Asset.objects.bulk_create(added)
                for pk in some(places, draw):
                    shown = draw.choice(["published", "hidden"])
                    Asset.objects.filter(pk=pk).update(visibility=shown)
                Asset.objects.filter(pk=added[0].pk).delete()
                if turn % 3 == 0:
                    transaction.set_rollback(True)

    return work


def test_folding_at_any_moment_changes_no_answer():
    places = [AssetFactory(location=SALE).pk for _ in range(PLACES)]
    crew = Crew()

    def look():
        crew.answers.append(sum(shown(ALL, Tile(0, 0, 0)).values()))
        crew.answers.append(count_all(CellsAsked("assets")))
        both = (CellsAsked("assets", kinds=(kind,)) for kind in ("faith", "sport"))
        assert all(count_all(asked) <= PLACES for asked in both)

    crew.run(
        [move_about(places, seed) for seed in range(8)],
        [lambda: fold(most=7), fold_all, look],
    )

    assert len(crew.answers) > 4
    assert set(crew.answers) == {PLACES}
    assert check().different == 0
    assert_right(zooms=[9, 12])


def test_eight_who_write_what_they_like_wait_for_nobody_for_ever():
    places = [AssetFactory(location=NORWICH).pk for _ in range(PLACES)]
    works = [(move_about if seed % 2 else come_and_go)(places, seed) for seed in range(8)]

    Crew().run(works, [fold_all, lambda: check(mend=True)])

    assert check().different == 0
    fold_all()
    assert not PyramidChange.objects.exists()
    assert check().different == 0
    assert_right(zooms=[0, 12])
    assert_right(CellsAsked("assets", kinds=("faith",), mark="way_in"), zooms=[0, 12])


def test_places_are_emptied_while_others_fold_and_check():
    for _ in range(4):
        AssetFactory()
    crew = Crew()

    def empty():
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE assets_asset CASCADE")
            Asset.objects.bulk_create([AssetFactory.build(location=SALE) for _ in range(5)])

    crew.run([empty], [fold_all, lambda: check(mend=True)])

    assert sum(shown(ALL, Tile(0, 0, 0)).values()) == 5
    Asset.objects.all().delete()
    fold_all()
    assert not PyramidCell.objects.exists()
