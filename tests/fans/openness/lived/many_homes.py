"""Homes at random, as many as wanted, written in bulk: every kind of row and gap."""

import datetime as dt

from django.contrib.gis.geos import Point

from fans.cohorts.models import Cohort, Enrolment, Programme
from fans.connections.models import Connection, Partner, Partnership, Tally
from homes.models import Home, HomeAsset, Registration
from tests import factories
from tests.fans.openness.logs import AS_OF, START, days_before
from tests.fans.openness.plain_reading import REACHABLE

STEP_DEGREES = 0.03
"""Homes stand over 1.5 km apart, so that each has a neighbourhood of its own."""

BATCH = 200  # psycopg takes the longer for each value, the more there are
DEGREES_A_METRE = 1 / 66_600  # of longitude, in Sale
DAYS = (-1, 0, 1, 13, 27, 28, 29, 55, 56, 57, 83, 84, 111, 112, 113, 170, 400)


class ManyHomes:
    """Draws homes from ``luck``, collects their rows, and writes them table by table."""

    def __init__(self, luck, count):
        self.luck = luck
        self.assets, self.partners, self.ties, self.rows = [], [], [], []
        self.registrations, self.offers, self.tallies, self.enrolments = [], [], [], []
        self.homes = Home.objects.bulk_create(
            [self._home(n) for n in range(count)], batch_size=BATCH
        )
        self.cohorts, self.programme = [], Programme.objects.create(name="FaNs")
        for number, home in enumerate(self.homes):
            self._fill(number, home)
        self._write()

    def _write(self):
        for rows in (
            *(self.registrations, self.assets, self.partners, self.ties, self.offers),
            *(self.tallies, self.cohorts, self.enrolments),
        ):
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)
        for row in self.rows:
            offers = row.home_gives
            row.home_gives = [o if isinstance(o, str) else f"asset:{o.pk}" for o in offers]
        Connection.objects.bulk_create(self.rows, batch_size=BATCH)

    def _home(self, number):
        return Home(
            name=f"Home {number}",
            kind="residential",
            postcode="M33 2DH",
            local_authority="Trafford",
            location=self._spot(number, 0),
            location_precision="exact",
            location_source="register",
        )

    def _spot(self, number, metres):
        lon = -4 + STEP_DEGREES * (number % 150) + metres * DEGREES_A_METRE
        return Point(lon, 52 + STEP_DEGREES * (number // 150), srid=4326)

    def _fill(self, number, home):
        luck = self.luck
        for beds in luck.choice([[], [None], [0], [1], [12], [19], [20], [40], [15, 5]]):
            self._register(home, beds)
        if luck.random() < 0.2:
            self._register(home, 90, until=dt.date(2026, 1, 1))
        ties = [self._tie(number, home) for _ in range(luck.choice([0, 1, 2, 4, 9, 14]))]
        for _ in range(luck.choice([0, 0, 1, 2, 6])):
            self.assets.append(self._asset(number, luck.choice([10, 300, 600])))
        offers = [self._offer(home) for _ in range(luck.choice([0, 0, 2, 6, 10]))]
        for month in (8, 9, 10, 11):
            if luck.random() < 0.5:
                self._tally(home, dt.date(2026, month, 1))
        for _ in range(luck.choice([0, 1, 5, 12, 30]) if ties else 0):
            self._row(home, luck.choice(ties), offers)
        for starts_on in luck.choice([[], [], [0], [61], [170], [200], [0, 120], [0, 200]]):
            self._enrol(home, START + dt.timedelta(days=starts_on))

    def _register(self, home, beds, **changes):
        number = f"1-{home.pk:08}-{len(self.registrations)}"
        self.registrations.append(
            Registration(
                home=home, regulator="cqc", regulator_id=number, name="H", beds=beds, **changes
            )
        )

    def _asset(self, number, metres):
        luck = self.luck
        days = luck.choice([-40, -1, 0, 1, 90])
        return factories.AssetFactory.build(
            location=self._spot(number, metres),
            category=luck.choice([*REACHABLE[:9], "transport_access"]),
            published_on=START + dt.timedelta(days=days),
            state=luck.choice(["open", "open", "open", "closed"]),
        )

    def _tie(self, number, home):
        luck = self.luck
        kind = luck.choice(["asset", "group", "asset", "group", "person", "family"])
        if kind == "asset":
            asset = self._asset(number, luck.choice([50, 500, 620]))
            self.assets.append(asset)
            partner = Partner(kind=kind, asset=asset)
        else:
            own = {"group": luck.choice(REACHABLE), "person": "individual_gift"}
            partner = Partner(kind=kind, name="Somebody", own_category=own.get(kind, ""))
        self.partners.append(partner)
        tie = Partnership(home=home, partner=partner, depth=luck.choice([None, 0, 2, 4]))
        self.ties.append(tie)
        return tie

    def _offer(self, home):
        luck = self.luck
        gone = luck.choice([None, None, dt.date(2026, 6, 1), AS_OF, dt.date(2026, 12, 1)])
        listed_on = START + dt.timedelta(days=luck.choice([-90, -1, 0, 1, 20]))
        offer = HomeAsset(home=home, kind="garden", listed_on=listed_on, withdrawn_on=gone)
        self.offers.append(offer)
        return offer

    def _tally(self, home, month):
        luck = self.luck
        self.tallies.append(
            Tally(
                home=home,
                month=month,
                occupied_beds=luck.choice([None, None, 15, 19, 20, 22]),
                residents_out=luck.choice([None, 0, 3, 9]),
                residents_reached=luck.choice([None, 0, 4, 15]),
            )
        )

    def _row(self, home, tie, offers):
        luck = self.luck
        day, length = days_before(luck.choice(DAYS)), luck.choice([0, 0, 0, 1, 14, 30])
        given = luck.sample(offers, min(2, len(offers)))
        self.rows.append(
            Connection(
                home=home,
                partnership=tie,
                happened_on=day - dt.timedelta(days=length),
                until_on=day if length else None,
                occurrences=luck.randint(1, 4),
                direction=luck.choice(["in", "in", "out", "online", "letter"]),
                type="visit",
                origin=luck.choice(["", "resident", "staff"]),
                paid=luck.random() < 0.2,
                source=luck.choice(["log", "log", "import", "recall"]),
                home_gives=luck.choice([[], ["tea"], given, ["tea", *given]]),
                partner_gives=luck.choice([[], [], ["time"]]),
                undone_at=luck.choice([None] * 9 + [dt.datetime(2026, 10, 1, tzinfo=dt.UTC)]),
            )
        )

    def _enrol(self, home, starts_on):
        cohort = Cohort(programme=self.programme, name=f"Cohort {len(self.cohorts)}")
        self.cohorts.append(cohort)
        self.enrolments.append(
            Enrolment(cohort=cohort, home=home, place=1, starts_on=starts_on)
        )
