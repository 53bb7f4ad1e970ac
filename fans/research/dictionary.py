"""The data dictionary: every column of every table, said once.

The tables are written in this order, and ``datapackage.json`` is made from it.
"""

from typing import Final

from assets import categories
from assets.models import AbcdType
from fans.connections.models import (
    Arranger,
    ConnectionType,
    Direction,
    LogSource,
    Origin,
    PartnershipStatus,
)
from fans.disclosure import BANDS
from fans.openness.models import WAVE_MONTHS
from fans.research.marks import BED_BANDS, DISTANCE_BANDS
from fans.research.private import KINDS_TOLD
from fans.research.pseudonyms import PATTERN
from fans.research.tables import Column, ForeignKey, Table
from homes.models import HomeKind

_BLANK = "Blank unless at least 5 homes of this file show the same combination."
_PEOPLE = "How many {} were there, in bands; blank where nobody said."

_HOME = Column(
    "home", "string", "Pseudonym of the home.", required=True, pattern=f"^H{PATTERN}$"
)
_PARTNER = Column(
    "partner", "string", "Pseudonym of the partner.", required=True, pattern=f"^P{PATTERN}$"
)


def _people(name: str, who: str) -> Column:
    return Column(name, "string", _PEOPLE.format(who), enum=BANDS)


def _month(name: str, description: str, *, required: bool = True) -> Column:
    return Column(name, "yearmonth", description, required=required)


def _share(name: str, description: str, most: float | None = 100) -> Column:
    return Column(name, "number", description, minimum=0, maximum=most)


def _count(name: str, description: str) -> Column:
    return Column(name, "integer", description, required=True, minimum=0)


def _flag(name: str, description: str, *, required: bool = True) -> Column:
    return Column(name, "boolean", description, required=required)


HOMES: Final = Table(
    name="homes",
    title="Homes that take part",
    description="One row a home whose enrolment carries a research agreement.",
    columns=(
        _HOME,
        Column("area", "string", f"Local authority, as the register names it. {_BLANK}"),
        Column(
            "type",
            "string",
            f"What care the home is registered to give. {_BLANK}",
            enum=tuple(HomeKind.values),
        ),
        Column("bed_band", "string", f"Registered beds, in bands. {_BLANK}", enum=BED_BANDS),
    ),
    primary_key=("home",),
)

PARTNERSHIPS: Final = Table(
    name="partnerships",
    title="Ties",
    description="One row a lasting tie of a home and a partner, whatever became of it.",
    columns=(
        _HOME,
        _PARTNER,
        Column(
            "partner_kind",
            "string",
            "asset: a place or group on the map; group: one that is not; professional: "
            "somebody doing their work, who is not counted as community.",
            required=True,
            enum=KINDS_TOLD,
        ),
        Column(
            "category",
            "string",
            "What sort of place or group; blank for most professionals.",
            enum=tuple(slug for slug in categories.SLUGS if slug != categories.INDIVIDUAL_GIFT),
        ),
        Column(
            "abcd_type",
            "string",
            "Which of the six kinds of local resource (asset-based community development).",
            enum=tuple(v for v in AbcdType.values if v != AbcdType.GIFT),
        ),
        _month(
            "started",
            "Month of the first meeting in the log; blank where none is logged.",
            required=False,
        ),
        Column(
            "status",
            "string",
            "How far the tie has come, as noted when the extract was taken.",
            required=True,
            enum=tuple(PartnershipStatus.values),
        ),
        Column(
            "depth",
            "integer",
            "0 no tie yet, 1 a one-off, 2 repeated, 3 known by name, 4 friends or a shared "
            "project; blank where nobody rated it.",
            minimum=0,
            maximum=4,
        ),
        _flag("generations", "The tie brings generations together."),
        _flag(
            "sustained",
            "Met in at least 3 of the last 4 blocks of 28 days before the home's latest "
            "scored wave (in the first four months: in both of the last two blocks, and "
            "earlier). Blank without such a wave, or under two months after the start.",
            required=False,
        ),
        Column(
            "arranged_by",
            "string",
            "Who arranges the meetings now.",
            required=True,
            enum=tuple(Arranger.values),
        ),
        _flag("both_confirmed", "Home and partner have both said that the tie exists."),
    ),
    primary_key=("home", "partner"),
    foreign_keys=(ForeignKey(("home",), "homes"),),
)

CONNECTIONS: Final = Table(
    name="connections",
    title="Meetings",
    description="One row of the home's log: a meeting, or several over at most a month.",
    columns=(
        _HOME,
        _PARTNER,
        _month(
            "month",
            "Month of the day it happened; of the last day where the row stands for several.",
        ),
        Column(
            "direction",
            "string",
            "in: they came; out: people of the home went; online; letter.",
            required=True,
            enum=tuple(Direction.values),
        ),
        Column(
            "type",
            "string",
            "What happened.",
            required=True,
            enum=tuple(ConnectionType.values),
        ),
        Column(
            "origin",
            "string",
            "Whose idea it was; blank where nobody said.",
            enum=tuple(Origin.values),
        ),
        Column(
            "occurrences",
            "integer",
            "How many times they met; weigh rows by it.",
            required=True,
            minimum=1,
            maximum=200,
        ),
        _people("residents", "people who live in the home"),
        _people("community", "people from outside the home"),
        _people("children", "of those from outside were under 18"),
        _flag("home_gave", "The home gave something: time, stories, a room, tea."),
        _flag("partner_gave", "The partner gave something."),
        _flag("paid", "Somebody was paid to come."),
        Column(
            "rating",
            "integer",
            "How it went, from 1 (hard) to 5 (lovely); blank where nobody said.",
            minimum=1,
            maximum=5,
        ),
        Column(
            "source",
            "string",
            "log: written down at the time; recall: from memory; import: from a table.",
            required=True,
            enum=tuple(LogSource.values),
        ),
        Column(
            "distance_band",
            "string",
            "Straight line from home to partner. Blank where either place is not known to "
            "the postcode, and unless at least 5 homes of this file show a partner of this "
            "category at this distance.",
            enum=DISTANCE_BANDS,
        ),
    ),
    foreign_keys=(ForeignKey(("home", "partner"), "partnerships"),),
)

WAVES: Final = Table(
    name="waves",
    title="Openness",
    description="Long format: for each home and wave one row an indicator, one a "
    "dimension, one overall. Worked out again without the answers of groups of fewer "
    "than 5 people, so felt figures may differ from those the home sees.",
    columns=(
        _HOME,
        Column("wave", "integer", "Month of the programme.", required=True, enum=WAVE_MONTHS),
        _month("as_of", "Month of the day up to which was counted."),
        Column(
            "instrument", "string", "Version of questions, bands and weights.", required=True
        ),
        Column(
            "measure",
            "string",
            "What the row is about.",
            required=True,
            enum=("indicator", "dimension", "overall"),
        ),
        Column("code", "string", "Indicator (A1), dimension (A), or overall.", required=True),
        _share(
            "raw",
            "The counted figure before it is put in a band; blank where not known, not "
            "counted, or held back.",
            most=None,
        ),
        _flag(
            "raw_held_back",
            "There is a counted figure that is not told, because what it was divided by is "
            "a number of residents or stands on a public page, or because subtracting "
            "the rows of this file would count private persons.",
        ),
        _share(
            "value",
            "Indicator and dimension: 0 to 4. Overall: 0 to 100, blank where too little is "
            "known.",
        ),
        _share(
            "lived",
            "The part counted from the log: 0 to 4 for an indicator, 0 to 100 overall.",
        ),
        _share(
            "felt",
            "The part people answered or rated: 0 to 4 for an indicator, 0 to 100 overall.",
        ),
        _count(
            "indicators_known",
            "How many indicators of the home's wave are known.",
        ),
        _count(
            "dimensions_known",
            "How many dimensions of the home's wave are known.",
        ),
        _count(
            "answers_left_out",
            "How many answers of groups (one group, one indicator) were left out because "
            "fewer than 8 people of the group gave one.",
        ),
        Column(
            "source",
            "string",
            "Where the counts come from: the log, or also from memory (recall).",
            required=True,
            enum=("log", "recall"),
        ),
    ),
    primary_key=("home", "wave", "measure", "code"),
    foreign_keys=(ForeignKey(("home",), "homes"),),
)

TABLES: Final = (HOMES, PARTNERSHIPS, CONNECTIONS, WAVES)
