"""Whatever files come in whatever order: no local edit is lost, no check is renewed."""

import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from assets import services
from assets.checking.services import check_facts
from assets.choices import CheckMethod, Fact
from assets.importing import import_assets
from assets.models import Asset, AssetSource, FactCheck
from tests import factories
from tests.factories import SALE, metres_east

SPREAD_M = 400
_numbers = st.integers(1, 3)
_words = st.sampled_from(["one", "two", "three"])
COLUMNS = ("opening_hours", "cost", "access_notes", "phone")
_VALUES = {
    "opening_hours": {"one": "Mo 10:00-12:00", "two": "Tu 10:00-12:00", "three": "24/7"},
    "phone": {"one": "0161 496 0001", "two": "0161 496 0002", "three": "0161 496 0003"},
}
_FACTS = {
    "opening_hours": Fact.HOURS,
    "cost": Fact.COST,
    "access_notes": Fact.ACCESS,
    "phone": Fact.PHONE,
}


def said(column: str, word: str) -> str:
    return _VALUES.get(column, {}).get(word, word)


class Imports(RuleBasedStateMachine):
    """Three places from one source, their facts moved about by files and by people."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        # One example's records are gone before the next begins.
        self.block = transaction.atomic()
        self.block.__enter__()
        self.by = factories.member("administrator", name="Ann")
        # (place, column) to what somebody put right, or found right by checking.
        self.stands: dict[tuple[str, str], str] = {}
        self.checks: list[tuple] = []
        self.bring(dict.fromkeys((1, 2, 3), "one"), version=1)

    def bring(self, rows: dict[int, str], version: int) -> None:
        features = [
            {
                "type": "Feature",
                "id": f"node/{number}",
                "properties": {
                    "name": f"Place {number}", "amenity": "library", "@version": version,
                    "opening_hours": said("opening_hours", word), "fee": "no",
                    "phone": said("phone", word), "wheelchair:description": word,
                },
                "geometry": {
                    "type": "Point",
                    "coordinates": list(metres_east(SALE, SPREAD_M * number).coords),
                },
            }
            for number, word in rows.items()
        ]  # fmt: skip
        path = Path(self.folder.name) / "map.json"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        import_assets(paths=[path], source=AssetSource.OSM, allow_vanished=True)

    @rule(rows=st.dictionaries(_numbers, _words, min_size=1), version=st.integers(1, 4))
    def a_file_comes_newer_or_older(self, rows, version) -> None:
        self.bring(rows, version)

    @rule(word=_words)
    def another_source_comes(self, word) -> None:
        rows = [
            f"Place {n},{word},{metres_east(SALE, SPREAD_M * n + 15).x},{SALE.y}"
            for n in (1, 2, 3)
        ]
        path = Path(self.folder.name) / "list.csv"
        path.write_text("\n".join(["name,cost,longitude,latitude", *rows]) + "\n")
        import_assets(paths=[path], source=AssetSource.CSV, category="library_learning")

    @rule(number=_numbers, column=st.sampled_from(COLUMNS), word=_words)
    def somebody_puts_it_right(self, number, column, word) -> None:
        asset = Asset.objects.get(source_ref=f"node/{number}")
        if getattr(asset, column) == said(column, word):
            return  # nothing was put right
        services.edit_asset(
            by=self.by, asset=asset, seen_at=asset.updated_at, **{column: said(column, word)}
        )
        self.stands[asset.source_ref, column] = said(column, word)

    @rule(number=_numbers, column=st.sampled_from(COLUMNS), days=st.integers(0, 900))
    def somebody_checks(self, number, column, days) -> None:
        asset = Asset.objects.get(source_ref=f"node/{number}")
        day = timezone.localdate() - dt.timedelta(days=days)
        check_facts(
            by=self.by, asset=asset, facts=[_FACTS[column]], how=CheckMethod.CALL,
            checked_on=day,
        )  # fmt: skip
        self.stands[asset.source_ref, column] = getattr(asset, column)
        self.checks = self.all_checks()

    def all_checks(self) -> list[tuple]:
        return list(
            FactCheck.objects.order_by("pk").values_list("pk", "fact", "checked_on", "by")
        )

    @invariant()
    def what_people_said_stands(self) -> None:
        for (ref, column), value in self.stands.items():
            assert getattr(Asset.objects.get(source_ref=ref), column) == value

    @invariant()
    def no_check_is_renewed(self) -> None:
        assert self.all_checks() == self.checks

    @invariant()
    def one_place_is_one_record_and_nothing_is_hidden(self) -> None:
        assert Asset.objects.published().count() == Asset.objects.count() == 3

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.folder.cleanup()


@pytest.mark.django_db
def test_no_order_of_files_edits_and_checks_loses_what_people_said():
    # Not Phase.explain: it takes minutes once something fails.
    phases = [Phase.generate, Phase.shrink]
    steps = settings(max_examples=12, stateful_step_count=8, phases=phases, deadline=None)

    run_state_machine_as_test(Imports, settings=steps)
