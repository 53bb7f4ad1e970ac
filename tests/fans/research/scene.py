"""A made-up cohort whose every private value can be told from anything else in a file."""

import csv
import datetime as dt
import io
import json
import uuid
import zipfile
from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import Point

from assets.models import Asset
from fans.cohorts.models import Enrolment
from fans.connections.models import Partner, Partnership
from fans.openness.instruments.services import load_instrument
from fans.openness.services import score_wave
from fans.research.models import Study
from fans.research.services import take_extract
from geo.srid import WGS84
from homes.models import Home
from tests import factories
from tests.factories import metres_east

TODAY = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
AGREED = dt.date(2026, 4, 20)
TO_COME = dt.date(2027, 1, 1)
HOUSE = Point(-2.331177, 53.417799, srid=WGS84)
"""Where all homes of the scene stand: lon, lat."""

BIG = 880_880_000
"""Records of the scene are numbered from here: such a number turns up by no accident."""


@dataclass
class Scene:
    """A study, and what its cohort holds."""

    study: Study
    agreed: list[Home] = field(default_factory=list)
    silent: Home | None = None  # has not agreed
    later: Home | None = None  # agrees on a day to come
    ties: dict[str, Partnership] = field(default_factory=dict)


def numbered() -> Any:
    """Give numbers of records, each once."""
    numbered.last += 1
    return numbered.last


numbered.last = BIG


def home(name: str, **changes: Any) -> Home:
    """Make a home with a name, an address and more that must not leave."""
    return factories.HomeFactory(
        **{
            "pk": numbered(),
            "name": f"{name} Quillfeather House",
            "address": f"7 Zebulon Row, {name}",
            "postcode": "M33 9QX",
            "phone": "0161 496 0777",
            "website": "https://quillfeather.example/",
            "welcome_role": "Welcome lead Zuleika",
            "location": HOUSE,
            "beds": 30,
            **changes,
        }
    )


def asset(name: str, **changes: Any) -> Asset:
    """Make a published place with every text that must not leave."""
    return factories.AssetFactory(
        **{
            "pk": numbered(),
            "name": f"{name} Xylander Hall",
            "description": "Behind the Umberslade pump",
            "address": "12 Farthingale Lane",
            "postcode": "M33 8ZZ",
            "phone": "0161 496 0888",
            "email": "ask.ottoline@xylander.example",
            "website": "https://xylander.example/",
            "who_to_ask": "Ottoline at the desk",
            "could_give": "A loan of the Wurlitzer",
            "location": metres_east(HOUSE, 150),
            **changes,
        }
    )


def tie(of: Home, to: Asset | Partner, **changes: Any) -> Partnership:
    """Tie a home to a place or partner."""
    partner = to
    if isinstance(to, Asset):
        partner = Partner.objects.filter(asset=to).first() or factories.PartnerFactory(
            pk=numbered(), asset=to
        )
    return factories.PartnershipFactory(
        **{
            "pk": numbered(),
            "home": of,
            "partner": partner,
            "purpose": "So that Bartholomew can sing again",
            **changes,
        }
    )


def met(on: Partnership, happened_on: dt.date, **changes: Any) -> Any:
    """Log a meeting with everything that must not leave."""
    return factories.ConnectionFactory(
        **{
            "pk": numbered(),
            "partnership": on,
            "happened_on": happened_on,
            "note": "Philomena brought the marmalade",
            "staff_roles": ["Night porter Ignatius"],
            "client_uuid": uuid.uuid4(),
            **changes,
        }
    )


def enrol(cohort: Any, of: Home, agreed_on: dt.date | None) -> Enrolment:
    """Put a home on the cohort's next place."""
    return factories.EnrolmentFactory(
        cohort=cohort,
        home=of,
        place=cohort.enrolments.count() + 1,
        starts_on=dt.date(2026, 5, 4),
        research_agreed_on=agreed_on,
    )


def study_of_six() -> Scene:
    """Six homes that agreed (five alike, one not), one that has not, one that will."""
    cohort = factories.CohortFactory(name="The Kingfisher cohort")
    study = factories.StudyFactory(pk=numbered(), name="Marchbanks study", cohort=cohort)
    scene = Scene(study)
    for number in range(5):
        scene.agreed.append(home(f"No {number}"))
    unlike = home("Odd", local_authority="Salford", kind="nursing", beds=75)
    scene.agreed.append(unlike)
    for each in scene.agreed:
        enrol(cohort, each, AGREED)
    scene.silent, scene.later = home("Silent"), home("Later")
    enrol(cohort, scene.silent, None)
    enrol(cohort, scene.later, TO_COME)
    _fill(scene)
    return scene


def _fill(scene: Scene) -> None:
    """Give the homes ties of every kind, and rows of every sort."""
    first, odd = scene.agreed[0], scene.agreed[-1]
    school = asset("School", category="school", abcd_type="institution")
    for each in [*scene.agreed[:5], scene.silent, scene.later]:
        met(tie(each, school, status="active", **BOTH), dt.date(2026, 11, 11))
    museum = asset("Museum", category="arts_culture", location=metres_east(HOUSE, 900))
    scene.ties["museum"] = tie(first, museum, depth=3, generations=True)
    met(
        scene.ties["museum"],
        dt.date(2026, 9, 29),
        until_on=dt.date(2026, 10, 2),
        occurrences=3,
        direction="out",
        type="trip",
        origin="resident",
        residents_count=4,
        community_count=12,
        children_count=0,
        home_gives=["stories"],
        rating=5,
    )
    met(scene.ties["museum"], dt.date(2026, 11, 3), paid=True, source="recall")
    met(scene.ties["museum"], dt.date(2026, 11, 17), undone_at=TODAY, occurrences=199)
    choir = Partner(kind="group", name="Peverell Choir", own_category="clubs_societies")
    nurse = Partner(kind="professional", name="Nurse Thistlewood")
    friend = Partner(kind="person", name="Accordion Lancelot", own_category="individual_gift")
    family = Partner(kind="family", name="The Beauregards")
    for name, partner in {
        "choir": choir,
        "nurse": nurse,
        "friend": friend,
        "family": family,
    }.items():
        partner.pk = numbered()
        partner.save(force_insert=True)
        scene.ties[name] = tie(first, partner)
        met(scene.ties[name], dt.date(2026, 11, 5), occurrences=2)
    gift = asset(
        "Gift",
        category="individual_gift",
        abcd_type="gift",
        location=None,
        location_precision="",
        location_source="",
        visibility="draft",
    )
    scene.ties["gift"] = tie(odd, gift)
    met(scene.ties["gift"], dt.date(2026, 11, 6))
    scene.ties["declined"] = tie(
        odd,
        school,
        status="declined",
        declined_reason="other",
        declined_words="Cornelius would not",
    )


BOTH = {"home_confirmed_at": TODAY, "partner_confirmed_at": TODAY}


def score_month_6(scene: Scene, *, of: Home, as_of: dt.date = dt.date(2026, 11, 28)) -> Any:
    """Score the home's last wave from its log, with a manager's and two others' answers."""
    enrolment = scene.study.cohort.enrolments.get(home=of)
    wave = factories.WaveFactory(
        enrolment=enrolment,
        month=6,
        instrument=load_instrument(),
        opens_on=dt.date(2026, 11, 1),
        closes_on=dt.date(2026, 11, 28),
    )
    for group, answer in (("manager", 3), ("residents", 1), ("residents", 2)):
        assessment = wave.assessments.create(group=group, client_uuid=uuid.uuid4())
        indicator = wave.instrument.indicators.get(code="G2")
        assessment.answers.create(
            indicator=indicator, value=answer, how_known="Hermione from the kitchen said"
        )
    return score_wave(wave=wave, as_of=as_of)


@dataclass(frozen=True)
class Opened:
    """An extract, unpacked."""

    raw: bytes
    files: dict[str, str]

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return a table's rows as text."""
        return list(csv.DictReader(io.StringIO(self.files[f"{name}.csv"])))

    @property
    def package(self) -> dict[str, Any]:
        """The dictionary."""
        return json.loads(self.files["datapackage.json"])


def extracted(study: Study) -> Opened:
    """Take the study's extract and unpack it."""
    out = io.BytesIO()
    take_extract(study=study, into=out, by=None)
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return Opened(out.getvalue(), files)
