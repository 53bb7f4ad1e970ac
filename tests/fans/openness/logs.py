"""Logs to read evidence from: single rows around one day, and whole homes at random."""

import datetime as dt

from tests import factories
from tests.factories import SALE, metres_east
from tests.fans.openness.plain_reading import REACHABLE

AS_OF = dt.date(2026, 10, 31)
"""A Saturday; October has the most of its 28 days."""

START = dt.date(2026, 5, 1)


def days_before(days):
    return AS_OF - dt.timedelta(days=days)


def tie(home, **changes):
    """A tie with an asset that is out of the home's reach, unless told otherwise."""
    asset = changes.pop("asset", None) or factories.AssetFactory(
        location=metres_east(SALE, 5_000), category=changes.pop("category", "faith")
    )
    partner = changes.pop("partner", None) or factories.PartnerFactory(asset=asset)
    return factories.PartnershipFactory(home=home, partner=partner, **changes)


def outsider(kind, **changes):
    return factories.PartnerFactory(kind=kind, asset=None, name="Somebody", **changes)


def met(partnership, days=0, **changes):
    """A visit in, ``days`` before the day that is scored."""
    day = changes.pop("happened_on", days_before(days))
    return factories.ConnectionFactory(partnership=partnership, happened_on=day, **changes)


def asset_at(metres, **changes):
    return factories.AssetFactory(location=metres_east(SALE, metres), **changes)


def random_home(luck):
    home = factories.HomeFactory(beds=luck.choice([0, 1, 12, 19, 20, 40]))
    ties = []
    for _ in range(luck.randint(0, 9)):
        kind = luck.choice(["asset", "asset", "asset", "group", "person", "family"])
        if kind == "asset":
            asset = asset_at(
                luck.choice([50, 500, 700]),
                category=luck.choice(REACHABLE[:6]),
                published_on=START + dt.timedelta(days=luck.randint(-3, 3)),
            )
            ties.append(tie(home, asset=asset, depth=luck.choice([None, 0, 2, 4])))
        else:
            own = {"group": luck.choice(REACHABLE), "person": "individual_gift"}
            partner = outsider(kind, own_category=own.get(kind, ""))
            ties.append(tie(home, partner=partner, depth=luck.choice([None, 3])))
    for _ in range(luck.randint(0, 4)):
        asset_at(
            luck.choice([10, 614]), published_on=START + dt.timedelta(days=luck.randint(-2, 2))
        )
    offered = [
        factories.HomeAssetFactory(
            home=home,
            listed_on=START + dt.timedelta(days=luck.randint(-9, 9)),
            withdrawn_on=luck.choice([None, None, dt.date(2026, 6, 1), dt.date(2026, 12, 1)]),
        )
        for _ in range(luck.choice([0, 2, 6, 10]))
    ]
    for month in (8, 9, 10):
        if luck.random() < 0.6:
            factories.TallyFactory(
                home=home,
                month=dt.date(2026, month, 1),
                occupied_beds=luck.choice([None, None, 15, 19, 22]),
                residents_out=luck.choice([None, 0, 9]),
                residents_reached=luck.choice([None, 4]),
            )
    for _ in range(luck.randint(0, 30) if ties else 0):
        random_row(luck, luck.choice(ties), offered)
    return home


def random_row(luck, partnership, offered):
    day = days_before(luck.choice([-1, 0, 13, 27, 28, 55, 56, 83, 84, 111, 112, 170]))
    length = luck.choice([0, 0, 0, 1, 14])
    given = [f"asset:{offer.pk}" for offer in luck.sample(offered, min(2, len(offered)))]
    met(
        partnership,
        happened_on=day - dt.timedelta(days=length),
        until_on=day if length else None,
        occurrences=luck.randint(1, 4),
        direction=luck.choice(["in", "in", "out", "online", "letter"]),
        origin=luck.choice(["", "resident", "staff"]),
        paid=luck.random() < 0.2,
        source=luck.choice(["log", "log", "import", "recall"]),
        home_gives=luck.choice([[], ["tea"], given]),
        partner_gives=luck.choice([[], [], ["time"]]),
        undone_at=luck.choice([None] * 9 + [dt.datetime(2026, 10, 1, tzinfo=dt.UTC)]),
    )
