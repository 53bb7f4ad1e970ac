"""After any run of merges and undos, with work going on between, nothing is lost."""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.checking.renewing import renew
from assets.models import Asset, FactCheck
from assets.photos.models import Photo
from assets.standing import stands_for
from assets.twins.choosing import differing
from assets.twins.errors import TwinsError, UndoRefusedError
from assets.twins.merging import merge
from assets.twins.models import Merge
from assets.twins.undoing import in_the_way, undo
from fans.connections.models import Connection, Partnership, Reach
from fans.connections.services import log_connection
from tests.assets.twins import world
from tests.factories import member

picks = st.integers(0, 3)
merges = st.tuples(st.just("merge"), picks, picks, st.integers(0, 2**16))
undos = st.tuples(st.just("undo"), picks, st.just(0), st.just(0))
works = st.tuples(
    st.sampled_from(["edit", "check", "photo", "log", "feed"]), picks, st.integers(0, 1), picks
)
COUNTED = (
    "assets_factcheck",
    "photos_photo",
    "connections_partnership",
    "connections_connection",
)


class Run:
    """A run of steps over the four records of ``world``."""

    def __init__(self, by, built):
        self.by = by
        self.pks = [asset.pk for asset in built["assets"]]
        self.homes = built["homes"]
        self.done = []  # the work, with the record that each piece was done on

    def take(self, steps):
        for number, (what, pick, other, bits) in enumerate(steps):
            if what == "merge":
                self.merge(pick, other, bits)
            elif what == "undo":
                self.undo(pick)
            else:
                pk = self.pks[pick] if what == "feed" else stands_for(self.pks[pick])
                piece = (what, pk, other, f"{number} of {what}")
                self.done.append(piece)
                self.work(*piece)

    def merge(self, pick, other, bits):
        """Merge two records, choosing by the bits of a number; see what hangs where then."""
        keep, lose = (Asset.objects.get(pk=self.pks[n]) for n in (pick, other))
        fits = keep != lose and not (keep.merged_into_id or lose.merged_into_id)
        names = differing(keep, lose)
        choices = {name: ("keep", "lose")[bits >> n & 1] for n, name in enumerate(names)}
        count = self.counts()
        try:
            with transaction.atomic():
                merge(by=self.by, keep=keep, lose=lose, choices=choices)
        except TwinsError:
            assert not fits
            return
        assert fits
        left = {what for what, n in world.hanging_on(lose).items() if n}
        assert left <= {"checks"}
        assert not Asset.objects.published().filter(pk=lose.pk).exists()
        assert not Reach.objects.filter(asset=lose).exists()
        now = self.counts()
        assert now["connections_connection"] == count["connections_connection"]
        assert now["assets_factcheck"] == count["assets_factcheck"]
        assert now["photos_photo"] == count["photos_photo"]

    def undo(self, pick):
        """Undo the pick-th merge that stands, or see that others stand in its way."""
        standing = list(Merge.objects.standing().order_by("pk"))
        if not standing:
            return
        row = standing[pick % len(standing)]
        blocked = bool(in_the_way(row))
        before = world.everything() if blocked else None
        try:
            with transaction.atomic():
                undo(by=self.by, merge=row)
        except UndoRefusedError:
            assert blocked
            assert world.everything() == before
        else:
            assert not blocked

    def undo_all(self):
        """Undo what stands, each merge as soon as none stands in its way."""
        while Merge.objects.standing().exists():
            free = [row for row in Merge.objects.standing() if not in_the_way(row)]
            assert free
            undo(by=self.by, merge=free[0])

    def work(self, what, pk, number, words):
        """Do what people and feeds do meanwhile, on one record."""
        asset, today = Asset.objects.get(pk=pk), timezone.localdate()
        if what in {"edit", "feed"}:
            column = {"edit": ("phone", "cost"), "feed": ("website", "suits")}[what][number]
            Asset.objects.filter(pk=pk).update(**{column: words})
        elif what == "check":
            day = today - dt.timedelta(days=200)
            FactCheck.objects.create(asset=asset, fact="hours", how="call", checked_on=day)
        elif what == "photo":
            Photo.objects.create(asset=asset, file=words, thumbnail="t", width=1, height=1)
        else:
            log_connection(
                by=self.by, home=self.homes[number], asset=asset, happened_on=today,
                direction="in", note=words,
            )  # fmt: skip
        renew([pk], today=today)

    def counts(self):
        rows = world.everything()
        return {table: len(rows.get(table, {})) for table in COUNTED}


def as_left(before):
    """Return the rows there were before, as they are now, and what the new ones say."""
    now = world.everything()
    old = {
        table: {pk: row for pk, row in rows.items() if pk in before.get(table, {})}
        for table, rows in now.items()
    }
    new = Counter()
    for row in FactCheck.objects.exclude(pk__in=before["assets_factcheck"]):
        new["check", row.asset_id, row.fact] += 1
    for row in Photo.objects.exclude(pk__in=before["photos_photo"]):
        new["photo", row.asset_id, row.file.name] += 1
    for tie in Partnership.objects.exclude(pk__in=before["connections_partnership"]):
        new["tie", tie.home_id, tie.partner.asset_id, tie.status] += 1
    for row in Connection.objects.exclude(pk__in=before["connections_connection"]):
        new["log", row.home_id, row.partnership.partner.asset_id, row.note] += 1
    return {table: rows for table, rows in old.items() if rows}, new


@pytest.mark.django_db
def test_any_run_of_merges_and_undos_gives_back_everything():
    ann, built = member("administrator"), world.build()
    before = world.everything()

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.one_of(merges, merges, undos), min_size=1, max_size=8))
    def run(steps):
        with transaction.atomic():
            taken = Run(ann, built)
            taken.take(steps)
            taken.undo_all()
            assert world.everything() == before
            transaction.set_rollback(True)

    run()


@pytest.mark.django_db
def test_work_between_merges_and_undos_is_as_if_nothing_had_been_merged():
    ann, built = member("administrator"), world.build()
    before = world.everything()

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.one_of(merges, undos, works, works), min_size=2, max_size=9))
    def run(steps):
        with transaction.atomic():
            merged = Run(ann, built)
            merged.take(steps)
            merged.undo_all()
            left = as_left(before)
            transaction.set_rollback(True)
        with transaction.atomic():
            plain = Run(ann, built)
            for piece in merged.done:
                plain.work(*piece)
            assert as_left(before) == left
            transaction.set_rollback(True)

    run()
