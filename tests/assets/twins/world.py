"""Four records of what may be one place, with everything hanging on them; and how to compare.

Compared is text, as the database writes it: nothing here knows how merging works.
"""

import datetime as dt
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone
from pghistory.models import Event

from assets.models import Asset, FactCheck
from assets.photos.models import Photo
from assets.proposals.models import Proposal
from assets.rounds.models import Round, Stop
from assets.twins.merging import settle
from assets.twins.models import Pair, RowAnswer
from fans.connections.models import Connection, Partnership, Reach
from fans.people.models import Membership
from fans.people.post.models import Approval, Mail
from tests import factories
from tests.factories import SALE, metres_east

LAST_YEAR = dt.datetime(2025, 11, 22, tzinfo=dt.UTC)
NOT_COMPARED = {"twins_merge", "pghistory_context", "lived_due"}  # notes to score anew
NOT_COMPARED |= {"geo_pyramidchange"}  # and of counts, there and back
LATELY = {"assets_asset": {"updated_at"}}
"""A record that was merged and is back has been saved since: forms that are open shall know."""


def build() -> dict[str, list[Any]]:
    """Put four assets and two homes into the database, tied every way; return them."""
    homes = [
        factories.HomeFactory(name=f"Home {n}", location=metres_east(SALE, 300 * n))
        for n in range(2)
    ]
    assets = [_asset(n) for n in range(4)]
    ann, ben = (factories.PersonFactory(name=name) for name in ("Ann", "Ben"))
    _ties(homes, assets)
    for n, asset in enumerate(assets):
        for fact in ("phone", "place", "hours")[: n + 1]:
            day = timezone.localdate() - dt.timedelta(days=30 * n)
            FactCheck.objects.create(asset=asset, fact=fact, how="call", checked_on=day)
        Photo.objects.create(asset=asset, file=f"{n}.jpg", thumbnail="t", width=1, height=1)
        Approval.objects.create(asset=asset, address_hash=str(n % 2) * 64, at=LAST_YEAR)
        Mail.objects.create(to="a@example.org", asset=asset)
        Proposal.objects.create(kind="gone", asset=asset, note=f"{n}", token_hash=f"{n}" * 64)
    for person, places in ((ann, assets[:3]), (ben, assets[3:])):
        for asset in places:
            Membership.objects.create(
                person=person, role="partner", asset=asset, from_on=dt.date(2026, 1, 1)
            )
    walk = Round.objects.create(created_at=timezone.now())
    for n, asset in enumerate(assets[1:], start=1):
        Stop.objects.create(round=walk, asset=asset, position=n)
    _pairs(assets)
    # Since when a place is within reach is told by rows, not reckoned anew.
    for row in Reach.objects.all():
        day = dt.date(2026, 1, 1) + dt.timedelta(days=(row.asset_id * 7 + row.home_id) % 90)
        Reach.objects.filter(home=row.home_id, asset=row.asset_id).update(since=day)
    settle([asset.pk for asset in assets])
    return {"homes": homes, "assets": assets}


def _asset(n: int) -> Asset:
    texts = {name: f"{name} {n}" if n % 2 else "" for name in ("description", "suits", "cost")}
    asset: Asset = factories.AssetFactory(
        name=f"St Anne {n}",
        location=None if n == 2 else metres_east(SALE, 200 * n),
        location_precision="" if n == 2 else "exact",
        location_source="" if n == 2 else "map",
        visibility="draft" if n == 3 else "published",
        published_on=None if n == 3 else dt.date(2026, 1, n + 1),
        source="osm" if n % 2 else "local",
        source_ref=f"node/{n}" if n % 2 else "",
        source_values={"name": f"St Anne {n}", "lon": SALE.x} if n % 2 else {},
        category=("faith", "arts_culture")[n % 2],
        phone=f"0161 496 000{n}",
        email="" if n else "hall@example.org",
        email_confirmed="" if n else "hall@example.org",
        wheelchair=("unknown", "yes", "no", "limited")[n],
        **texts,
    )
    return asset


def _ties(homes: list[Any], assets: list[Asset]) -> None:
    """The first two places have a tie with both homes, the third with one, the last none."""
    yes = {"home_confirmed_at": LAST_YEAR, "partner_confirmed_at": LAST_YEAR}
    for n, asset in enumerate(assets[:3]):
        partner = factories.PartnerFactory(asset=asset)
        for home in homes[: 2 - n // 2]:
            said: dict[str, Any] = {"status": "active", **yes} if n == 1 else {}
            tie = factories.PartnershipFactory(
                home=home, partner=partner, purpose=f"tea {n}", depth=n, **said
            )
            factories.ConnectionFactory(partnership=tie, note=f"{asset} came")


def _pairs(assets: list[Asset]) -> None:
    today, ids = timezone.localdate(), sorted(asset.pk for asset in assets)
    said = {"state": "distinct", "decided_at": timezone.now()}
    Pair.objects.create(low_id=ids[0], high_id=ids[1], found_on=today)
    Pair.objects.create(low_id=ids[0], high_id=ids[2], found_on=today, **said)
    Pair.objects.create(low_id=ids[2], high_id=ids[3], found_on=today)
    now = timezone.now()
    for ref, pk, says in (
        ("a", ids[0], "distinct"),
        ("a", ids[1], "same"),
        ("b", ids[1], "same"),
    ):
        RowAnswer.objects.create(
            source="oruk", source_ref=ref, asset_id=pk, says=says, decided_at=now
        )


Rows = dict[str, dict[str, dict[str, str | None]]]


def everything() -> Rows:
    """Return every row of every table that a model has, but histories, as text."""
    found: Rows = {}
    there_are = set(connection.introspection.table_names())
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if issubclass(model, Event) or table in NOT_COMPARED or table not in there_are:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT to_jsonb(t) FROM (SELECT {_texts(model)} FROM "{table}" t) t'
            )
            rows = [_loaded(row) for (row,) in cursor.fetchall()]
        left_out = LATELY.get(table, set())
        key = model._meta.pk.column
        for row in rows:
            kept = {name: text for name, text in row.items() if name not in left_out}
            name = f"{row['home_id']}/{row['asset_id']}" if key is None else str(row[key])
            found.setdefault(table, {})[name] = kept
    return found


def _texts(model: Any) -> str:
    columns = [field.column for field in model._meta.concrete_fields if field.column]
    return ", ".join(f'"{column}"::text' for column in columns)


def _loaded(row: Any) -> dict[str, str | None]:
    import json  # noqa: PLC0415

    return json.loads(row) if isinstance(row, str) else row


def hanging_on(asset: Asset) -> dict[str, int]:
    """Count what hangs on an asset, by table."""
    ties = Partnership.objects.filter(partner__asset=asset)
    return {
        "ties": ties.count(),
        "log": Connection.objects.filter(partnership__partner__asset=asset).count(),
        "checks": FactCheck.objects.filter(asset=asset).count(),
        "photos": Photo.objects.filter(asset=asset).count(),
        "people": Membership.objects.filter(asset=asset).count(),
        "proposals": Proposal.objects.filter(asset=asset).count(),
        "approvals": Approval.objects.filter(asset=asset).count(),
        "mails": Mail.objects.filter(asset=asset).count(),
    }
