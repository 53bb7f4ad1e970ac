"""After any run of merges and undos, with work going on between, nothing is lost."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.models import Asset
from assets.twins.choosing import differing
from assets.twins.errors import TwinsError, UndoRefusedError
from assets.twins.merging import merge
from assets.twins.models import Merge
from assets.twins.undoing import in_the_way, undo
from tests.assets.twins import world
from tests.factories import member

picks = st.integers(0, 3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), picks, picks, st.integers(0, 2**16)),
        st.tuples(st.just("undo"), picks),
    ),
    min_size=1,
    max_size=8,
)


def take_one(by, keep, lose, bits):
    """Merge two records, choosing by the bits of a number; False where it is refused."""
    names = differing(keep, lose)
    choices = {name: ("keep", "lose")[bits >> n & 1] for n, name in enumerate(names)}
    try:
        with transaction.atomic():
            merge(by=by, keep=keep, lose=lose, choices=choices)
    except TwinsError:
        return False
    return True


def undo_one(by, pick):
    """Undo the pick-th merge that stands, or show that others stand in its way."""
    standing = list(Merge.objects.standing().order_by("pk"))
    if not standing:
        return
    row = standing[pick % len(standing)]
    blocked = bool(in_the_way(row))
    before = world.everything() if blocked else None
    try:
        with transaction.atomic():
            undo(by=by, merge=row)
    except UndoRefusedError:
        assert blocked
        assert world.everything() == before
    else:
        assert not blocked


def undo_all(by):
    """Undo what stands, each merge as soon as none stands in its way."""
    while Merge.objects.standing().exists():
        free = [row for row in Merge.objects.standing() if not in_the_way(row)]
        assert free
        undo(by=by, merge=free[0])


@pytest.mark.django_db
def test_any_run_of_merges_and_undos_gives_back_everything():
    ann = member("administrator")
    built = world.build()
    pks = [asset.pk for asset in built["assets"]]
    before = world.everything()

    @settings(max_examples=40, deadline=None)
    @given(steps)
    def run(taken):
        with transaction.atomic():
            for what, pick, *more in taken:
                if what == "undo":
                    undo_one(ann, pick)
                    continue
                keep, lose = (Asset.objects.get(pk=pks[n]) for n in (pick, more[0]))
                stood = keep.pk != lose.pk and not (keep.merged_into_id or lose.merged_into_id)
                assert take_one(ann, keep, lose, more[1]) == stood
            undo_all(ann)
            assert world.everything() == before
            transaction.set_rollback(True)

    run()
