"""The smallest valid row of every model, and the places the tests speak of."""

import datetime as dt
import uuid
from typing import Any

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import timezone
from factory.django import DjangoModelFactory
from geopy.distance import geodesic

from assets.checking.models import SourceQuestion
from assets.models import Asset, AssetSource, Visibility
from assets.photos.files import write
from assets.photos.models import Photo
from assets.photos.pictures import read_picture
from assets.proposals.models import Proposal
from assets.rounds.models import Round, Stop
from assets.twins.models import Merge, Pair
from fans.cohorts.models import Cohort, Enrolment, Programme
from fans.connections.gaps.models import Dismissal
from fans.connections.grid.models import GridSave
from fans.connections.matches.models import BOTH_SAID_YES, Match
from fans.connections.models import Connection, Partner, Partnership, Tally
from fans.connections.nudges.models import Aside
from fans.connections.pictures.models import Picture
from fans.connections.quick.models import QuickCode, QuickEntry
from fans.connections.steps.models import Acquaintance
from fans.connections.ties.models import Approach, TieEvent
from fans.connections.wishes.models import Thanks, Wish
from fans.learning.models import FIRST_STEP_WITHIN, REVIEW_MONTHS, Action, Plan, Talk
from fans.openness.instruments.services import load_instrument
from fans.openness.models import Instrument, Wave
from fans.openness.respond.models import RespondCode, hash_of_code, letters_of
from fans.people.models import Invitation, Membership, Person, hash_of
from fans.people.volunteers.models import (
    PATHWAY,
    InductionTick,
    Reference,
    Stage,
    StageEvent,
    Vetting,
    Volunteer,
)
from fans.people.volunteers.roles import ROLES
from fans.research.models import Study
from geo.models import Area, AreaKind, Precision
from geo.srid import WGS84
from homes.models import Home, HomeAsset, HomeKind, Registration
from homes.welcome.models import WelcomeCard
from tests.pictures import upload

SALE = Point(-2.3220, 53.4240, srid=WGS84)
"""The middle of Sale, Trafford: lon, lat."""

NORWICH = Point(1.2930, 52.6290, srid=WGS84)
"""The middle of Norwich, 250 km away."""

PASSWORD = "correct horse battery"


def metres_east(start: Point, metres: float) -> Point:
    """Return the point ``metres`` east of ``start``, over the ellipsoid (to centimetres)."""
    there = geodesic(meters=metres).destination((start.y, start.x), bearing=90)
    return Point(there.longitude, there.latitude, srid=WGS84)


def box(around: Point, degrees: float = 0.1) -> MultiPolygon:
    """Return a square of twice ``degrees`` around a point."""
    west, south = around.x - degrees, around.y - degrees
    square = Polygon.from_bbox((west, south, around.x + degrees, around.y + degrees))
    return MultiPolygon(square, srid=WGS84)


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"Sale ward {n}")
    kind = AreaKind.WARD
    boundary = factory.LazyFunction(lambda: box(SALE))
    source = "test"


class HomeFactory(DjangoModelFactory[Home]):
    class Meta:
        model = Home
        skip_postgeneration_save = True

    name = "Larkfield House"
    kind = HomeKind.RESIDENTIAL
    postcode = "M33 2DH"
    local_authority = "Trafford"
    location = SALE
    location_precision = Precision.EXACT
    location_source = "register"

    @factory.post_generation
    def beds(self, create: bool, beds: int | None, **kwargs: Any) -> None:
        """Register the home with ``beds`` (40 unless told; ``beds=0`` for unknown)."""
        RegistrationFactory(
            home=self, name=self.name, beds=40 if beds is None else beds or None
        )


class RegistrationFactory(DjangoModelFactory[Registration]):
    class Meta:
        model = Registration

    home = factory.SubFactory(HomeFactory)
    regulator = "cqc"
    regulator_id = factory.Sequence(lambda n: f"1-{100_000 + n}")
    name = "Larkfield House"
    local_authority = "Trafford"
    beds = 40


class HomeAssetFactory(DjangoModelFactory[HomeAsset]):
    class Meta:
        model = HomeAsset

    home = factory.SubFactory(HomeFactory)
    kind = "garden"
    listed_on = dt.date(2026, 1, 1)


class WelcomeCardFactory(DjangoModelFactory[WelcomeCard]):
    """A card that everybody may read."""

    class Meta:
        model = WelcomeCard

    home = factory.SubFactory(HomeFactory)
    come_by = "Any day, ten till seven."
    is_public = True


class AssetFactory(DjangoModelFactory[Asset]):
    class Meta:
        model = Asset

    name = factory.Sequence(lambda n: f"Canal Side Garden {n}")
    category = "garden_nature"
    abcd_type = "place"
    location = SALE
    location_precision = Precision.EXACT
    location_source = "map"
    visibility = Visibility.PUBLISHED
    published_on = dt.date(2026, 1, 1)
    source = AssetSource.LOCAL


class PhotoFactory(DjangoModelFactory[Photo]):
    """A photo that waits, with its files; the test's own folder takes them."""

    class Meta:
        model = Photo

    asset = factory.SubFactory(AssetFactory)
    alt = "A gate with roses"
    width, height = 640, 480

    @classmethod
    def _create(cls, model_class: type[Photo], *args: Any, **kwargs: Any) -> Photo:
        kwargs["file"], kwargs["thumbnail"] = write(read_picture(upload()))
        return super()._create(model_class, *args, **kwargs)


class PairFactory(DjangoModelFactory[Pair]):
    """Two public places that look like one."""

    class Meta:
        model = Pair

    low = factory.SubFactory(AssetFactory)
    high = factory.SubFactory(AssetFactory)
    score = 0.8
    reasons = factory.LazyFunction(lambda: [{"code": "name_same", "counts": 3.4}])
    found_on = dt.date(2026, 11, 1)


class ProposalFactory(DjangoModelFactory[Proposal]):
    """A stranger's correction of a place's phone number, which waits."""

    class Meta:
        model = Proposal

    kind = "change"
    asset = factory.SubFactory(AssetFactory)
    values = factory.LazyFunction(lambda: {"phone": "0161 496 0222"})
    before = factory.LazyFunction(lambda: {"phone": ""})
    token_hash = factory.Sequence(lambda n: hash_of(f"proposal {n}"))


class MergeFactory(DjangoModelFactory[Merge]):
    """Two records that were one for a moment, and are two again."""

    class Meta:
        model = Merge

    keep = factory.SubFactory(AssetFactory)
    lose = factory.SubFactory(AssetFactory, visibility=Visibility.HIDDEN)
    record = factory.LazyFunction(lambda: {"steps": [], "had": {}, "beside": {}})
    undone_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(minutes=1))


class SourceQuestionFactory(DjangoModelFactory[SourceQuestion]):
    """A feed lists a place no longer."""

    class Meta:
        model = SourceQuestion

    asset = factory.SubFactory(AssetFactory)
    kind = "gone"
    source = AssetSource.ORUK
    asked_at = factory.LazyFunction(timezone.now)


class StopFactory(DjangoModelFactory[Stop]):
    """The first place of a round that nobody has."""

    class Meta:
        model = Stop

    round = factory.LazyFunction(lambda: Round.objects.create(created_at=timezone.now()))
    asset = factory.SubFactory(AssetFactory)
    position = 1


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = "Cy"
    password = factory.django.Password(PASSWORD)


def member(role: str, *, name: str = "Ada", **scope: Any) -> Person:
    """Return a person who holds ``role`` for ``scope`` (home=, area=, cohort=, asset=)."""
    person = PersonFactory(name=name)
    Membership.objects.create(person=person, role=role, from_on=dt.date(2026, 1, 1), **scope)
    return person


class InvitationFactory(DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    role = "coordinator"
    home = factory.SubFactory(HomeFactory)
    token_hash = factory.Sequence(lambda n: hash_of(f"token {n}"))
    invited_by = factory.LazyFunction(lambda: member("administrator", name="Ann"))


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme
        django_get_or_create = ("name",)

    name = "Care Home FaNs"


class CohortFactory(DjangoModelFactory[Cohort]):
    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Trafford North {n}")


def _free_place(cohort: Cohort) -> int:
    """Return the first place of a cohort that nobody has, so that none is met by luck."""
    taken = set(cohort.enrolments.values_list("place", flat=True)) if cohort.pk else set()
    return next(place for place in range(1, 19) if place not in taken)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    class Meta:
        model = Enrolment

    cohort = factory.SubFactory(CohortFactory)
    home = factory.SubFactory(HomeFactory)
    place = factory.LazyAttribute(lambda part: _free_place(part.cohort))
    starts_on = dt.date(2026, 5, 1)


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner

    kind = "asset"
    asset = factory.SubFactory(AssetFactory)


class PartnershipFactory(DjangoModelFactory[Partnership]):
    class Meta:
        model = Partnership

    home = factory.SubFactory(HomeFactory)
    partner = factory.SubFactory(PartnerFactory)


class ConnectionFactory(DjangoModelFactory[Connection]):
    class Meta:
        model = Connection

    partnership = factory.SubFactory(PartnershipFactory)
    home = factory.SelfAttribute("partnership.home")
    happened_on = dt.date(2026, 10, 1)
    direction = "in"
    type = "visit"


class QuickCodeFactory(DjangoModelFactory[QuickCode]):
    """A sheet of a home that works for a month; only its hash is here."""

    class Meta:
        model = QuickCode

    home = factory.SubFactory(HomeFactory)
    token_hash = factory.Sequence(lambda n: hash_of(f"code-{n}"))
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))


class QuickEntryFactory(DjangoModelFactory[QuickEntry]):
    """A name that somebody noted today from a sheet, and that waits."""

    class Meta:
        model = QuickEntry

    code = factory.SubFactory(QuickCodeFactory)
    client_uuid = factory.LazyFunction(uuid.uuid4)
    who = "The choir of St Mary’s"
    happened_on = factory.LazyFunction(timezone.localdate)
    direction = "in"


class AcquaintanceFactory(DjangoModelFactory[Acquaintance]):
    """Somebody whom a home knew when it began; nobody has said more than what they do."""

    class Meta:
        model = Acquaintance

    home = factory.SubFactory(HomeFactory)
    name = "Postwoman"


class PictureFactory(DjangoModelFactory[Picture]):
    """A photo of a log entry, with its files; the test's own folder takes them."""

    class Meta:
        model = Picture

    connection = factory.SubFactory(ConnectionFactory)
    alt = "Hands potting on seedlings"
    width, height = 640, 480

    @classmethod
    def _create(cls, model_class: type[Picture], *args: Any, **kwargs: Any) -> Picture:
        kwargs["file"], kwargs["thumbnail"] = write(read_picture(upload()))
        return super()._create(model_class, *args, **kwargs)


class WishFactory(DjangoModelFactory[Wish]):
    """A wish that hangs on the line since a day long before the tests' log."""

    class Meta:
        model = Wish

    home = factory.SubFactory(HomeFactory)
    text = "to hear an accordion again"
    tags = factory.LazyFunction(lambda: ["music"])
    taken_on = dt.date(2026, 9, 1)


class PlanFactory(DjangoModelFactory[Plan]):
    """A home's plan that nobody has talked about yet."""

    class Meta:
        model = Plan

    home = factory.SubFactory(HomeFactory)
    topic = "coming_and_going"
    title = "Who feels welcome on a Sunday?"


class TalkFactory(DjangoModelFactory[Talk]):
    """What three relatives said."""

    class Meta:
        model = Talk

    plan = factory.SubFactory(PlanFactory)
    group = "relatives"
    people_count = 3
    said = "We ring twice before anybody comes."


class ActionFactory(DjangoModelFactory[Action]):
    """Something to do whose first step is due in 48 hours, and its looks back."""

    class Meta:
        model = Action
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    what = "Open the garden gate on Sundays"
    first_step = "Ask for the key"
    how_known = "Visitors come through it without ringing"
    owner_role = "coordinator"
    planned_at = factory.LazyFunction(timezone.now)
    first_due_at = factory.LazyAttribute(lambda row: row.planned_at + FIRST_STEP_WITHIN)

    @factory.post_generation
    def looks_back(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        planned_on = timezone.localdate(self.planned_at)
        for month in REVIEW_MONTHS:
            self.reviews.create(month=month, due_on=planned_on + dt.timedelta(days=30 * month))


class ThanksFactory(DjangoModelFactory[Thanks]):
    """A thank-you that waits to be handed over."""

    class Meta:
        model = Thanks

    partnership = factory.SubFactory(PartnershipFactory)
    home = factory.SelfAttribute("partnership.home")
    text = "The whole lounge sang along."


class DismissalFactory(DjangoModelFactory[Dismissal]):
    """A home's no to a place that was suggested."""

    class Meta:
        model = Dismissal

    home = factory.SubFactory(HomeFactory)
    asset = factory.SubFactory(AssetFactory)
    reason = "not_for_us"
    said_on = factory.LazyFunction(timezone.localdate)


class ApproachFactory(DjangoModelFactory[Approach]):
    """By phone, without an answer yet."""

    class Meta:
        model = Approach

    partnership = factory.SubFactory(PartnershipFactory)
    channel = "phone"
    words = "Would your choir sing for us?"


class TieEventFactory(DjangoModelFactory[TieEvent]):
    """Somebody said that the tie brings no generations together, and it does."""

    class Meta:
        model = TieEvent

    partnership = factory.SubFactory(PartnershipFactory)
    kind = "generations"
    before = factory.LazyFunction(lambda: {"generations": True})
    after = factory.LazyFunction(lambda: {"generations": False})


class TallyFactory(DjangoModelFactory[Tally]):
    class Meta:
        model = Tally

    home = factory.SubFactory(HomeFactory)
    month = dt.date(2026, 10, 1)


class AsideFactory(DjangoModelFactory[Aside]):
    """A reminder of a home's wishes that somebody closed."""

    class Meta:
        model = Aside
        django_get_or_create = ("person", "kind", "thing_id")

    person = factory.SubFactory(PersonFactory)
    kind = "wish"
    thing_id = 1
    newest = dt.date(2026, 9, 29)
    reason = "done"


class GridSaveFactory(DjangoModelFactory[GridSave]):
    """A save of a month's sheet that changed nothing; one a home and month."""

    class Meta:
        model = GridSave
        django_get_or_create = ("home", "month")

    home = factory.SubFactory(HomeFactory)
    month = dt.date(2026, 10, 1)
    changes = factory.LazyFunction(list)


class InstrumentFactory(DjangoModelFactory[Instrument]):
    class Meta:
        model = Instrument

    version = "v1"

    @classmethod
    def _create(cls, model_class: type[Instrument], *args: Any, **kwargs: Any) -> Instrument:
        """Publish the real instrument: a wave of an empty one could not be scored."""
        return load_instrument(version=kwargs["version"])


class WaveFactory(DjangoModelFactory[Wave]):
    class Meta:
        model = Wave

    enrolment = factory.SubFactory(EnrolmentFactory)
    month = 0
    instrument = factory.SubFactory(InstrumentFactory)
    opens_on = dt.date(2026, 5, 1)
    closes_on = dt.date(2026, 5, 28)


class RespondCodeFactory(DjangoModelFactory[RespondCode]):
    """The code of a wave's relatives."""

    class Meta:
        model = RespondCode

    wave = factory.SubFactory(WaveFactory)
    group = "relatives"
    seed = factory.LazyFunction(uuid.uuid4)
    code_hash = factory.LazyAttribute(lambda code: hash_of_code(letters_of(code.seed)))


class StudyFactory(DjangoModelFactory[Study]):
    class Meta:
        model = Study

    name = factory.Sequence(lambda n: f"Ties study {n}")
    cohort = factory.SubFactory(CohortFactory)


class VolunteerFactory(DjangoModelFactory[Volunteer]):
    """Somebody who offered in Sale; at another ``stage``, with the events on the way there.

    What a stage needs is not made: see ``active_volunteer``.
    """

    class Meta:
        model = Volunteer
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory, name="Vera Vole")
    age_band = "18+"
    interests = factory.List(["gardening"])
    languages = factory.List(["en"])
    location = SALE
    location_precision = Precision.SECTOR
    location_source = "postcode"
    cell = "M33 2"
    stage = Stage.APPLIED
    stage_since = factory.LazyFunction(timezone.now)
    last_heard_on = factory.LazyFunction(timezone.localdate)

    @factory.lazy_attribute
    def role_slug(self) -> str:
        return "" if self.stage in {Stage.APPLIED, Stage.MET, Stage.LEFT} else "visitor"

    @factory.post_generation
    def events(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Write how they came here, all by themselves."""
        if not create:
            return
        on_the_way = PATHWAY[: PATHWAY.index(self.stage) + 1] if self.stage in PATHWAY else ()
        for stage in on_the_way or (Stage.APPLIED, self.stage):
            StageEvent.objects.create(
                volunteer=self, stage=stage, at=self.stage_since, by=self.person
            )


def young_volunteer(**fields: Any) -> Volunteer:
    """Return somebody of 16 or 17 whose adult has said yes; of their place the district."""
    rough = {"location_precision": Precision.OUTCODE, "cell": "M33"}
    told = {"age_band": "16-17", "adult_confirmed_at": timezone.now(), **rough}
    return VolunteerFactory(**{**told, **fields})


def fulfil(volunteer: Volunteer) -> Volunteer:
    """Let everything happen that a volunteer's role asks for before they start."""
    role, today = ROLES[volunteer.role_slug], timezone.localdate()
    for _ in range(role.references):
        Reference.objects.create(
            volunteer=volunteer, answer="good", asked_on=today, answered_on=today
        )
    VettingFactory(volunteer=volunteer, role_slug=role.slug)
    for item in role.induction:
        InductionTick.objects.create(volunteer=volunteer, item=item.slug, done_on=today)
    return volunteer


def active_volunteer(**fields: Any) -> Volunteer:
    """Return an active volunteer, with all that the role asks for and the site's role."""
    volunteer = fulfil(VolunteerFactory(**{"stage": Stage.ACTIVE, **fields}))
    Membership.objects.create(
        person=volunteer.person, role="volunteer", from_on=timezone.localdate()
    )
    return volunteer


class VettingFactory(DjangoModelFactory[Vetting]):
    class Meta:
        model = Vetting

    volunteer = factory.SubFactory(VolunteerFactory)
    role_slug = "visitor"
    level = "enhanced"
    level_reason = "Weekly visits in a care home."
    authority = "dbs"
    outcome = "ok"
    asked_on = factory.LazyFunction(timezone.localdate)
    decided_on = factory.LazyFunction(timezone.localdate)


class MatchFactory(DjangoModelFactory[Match]):
    """A volunteer and a home; at another ``status`` with the yes that it takes."""

    class Meta:
        model = Match

    home = factory.SubFactory(HomeFactory)
    volunteer = factory.LazyFunction(active_volunteer)
    status = "suggested"
    reason = factory.LazyAttribute(
        lambda match: "not_now" if match.status in {"ended", "declined"} else ""
    )
    rested_side = factory.LazyAttribute(
        lambda match: "volunteer" if match.status == "resting" else ""
    )

    @factory.lazy_attribute
    def home_yes_at(self) -> Any:
        return timezone.now() if self.status in BOTH_SAID_YES else None

    @factory.lazy_attribute
    def volunteer_yes_at(self) -> Any:
        return timezone.now() if self.status in {*BOTH_SAID_YES, "asked"} else None

    @factory.lazy_attribute
    def started_at(self) -> Any:
        return timezone.now() if self.status in {"live", "resting", "ended"} else None
