"""How much each sign counts for or against two records being one place. Pure data.

Signs are added up as evidence (natural logarithms of odds) and the sum is turned into a
score from 0 to 1, as record linkage has done since Fellegi and Sunter (1969). The numbers
were set by hand on one half of the labelled pairs in ``bench/duplicates``; what they are
worth is measured on the other half (docs/benchmarks/duplicates.md).
"""

from typing import Final

PRIOR: Final = -3.2
"""Two records that somebody compares are mostly two places."""

SAME_FROM: Final = 0.9
"""From this score on two records are taken for the same."""

MAYBE_FROM: Final = 0.5
"""From this score on somebody is asked."""

# (how alike, evidence), from unlike to alike; between two of them a straight line.
NAME: Final = (
    (0.0, -5.5),
    (0.35, -4.0),
    (0.55, -1.6),
    (0.7, 0.6),
    (0.85, 2.4),
    (0.95, 3.4),
    (1.0, 3.7),
)

# (what the words of the shorter name say, evidence beside that of its likeness): of two
# places called "Elim Foursquare Church" one thinks sooner that they are one than of two
# called "Starbucks". 1 is a word that few places have, 0.25 one that many have.
NAME_SAYS: Final = ((0.0, -0.6), (1.0, -0.5), (1.5, 0.0), (2.25, 0.7))

# (metres, evidence). One record has the door, the other the middle of the building, or of
# its postcode: the first 100 m say much the same. Far apart is nearly always another place.
DISTANCE: Final = (
    (0.0, 2.4),
    (30.0, 2.3),
    (100.0, 1.7),
    (200.0, 0.9),
    (350.0, -0.2),
    (600.0, -1.2),
    (1_500.0, -3.5),
    (5_000.0, -6.0),
)

COARSE_DISTANCE: Final = 0.3
"""What a distance is worth where a place is only known to a postcode sector or district."""

POSTCODE: Final = {
    "same": 1.3,  # some fifteen doors
    "sector": -0.4,  # one of two may hold a neighbour's, or the post room's
    "other": -1.6,
}
"""Where the distance is known it says most of this already: see ``POSTCODE_BESIDE``."""

POSTCODE_BESIDE: Final = 0.5
"""What a postcode adds to a distance."""

PHONE: Final = {
    "same": 2.6,  # a council or a chain gives one number for all its branches
    "other": -0.5,  # people list a mobile here, the office there
}
WEBSITE: Final = {
    "same": 2.0,  # a page of its own
    "host": 0.7,  # the front page: of a whole chain, or of a council
    "other": -0.5,
}
ADDRESS: Final = {
    "same": 1.6,  # house number and street
    "street": 0.5,
    "number": -0.6,  # the street, and another house
    "other": -2.0,
}
IDS: Final = {
    # kind of number: (the same, another)
    "osm": (14.0, 0.0),  # one place is drawn twice: as a point and as a building
    "oruk": (14.0, 0.0),
    "charity": (3.5, -1.8),  # a charity with halls or groups has one number for all
    "wikidata": (4.0, -2.5),
    "fhrs": (1.5, -1.5),  # a food hygiene rating is of a business at an address
}

CATEGORY: Final = {
    "same": 0.4,
    "other": -0.5,  # an operator names one kind for a whole file
}

CONTRARY: Final = {
    "number": -4.5,  # 1st and 4th Sale Scouts, Pitch 5 and Pitch 7
    "kind": -3.6,  # a library and a pharmacy that are called after one village
    "wide_kind": -2.2,
    "faith": -4.0,  # a Methodist and a Catholic church of one saint
    "stage": -4.5,  # an infant and a junior school, a school and its nursery
    "part": -3.2,  # a church and its hall, a park and its café
    "side": -2.5,  # Earlham and West Earlham
    "branch": -2.5,  # Mydentist (Hale) and Mydentist (Sale)
    "chain": -1.2,  # two shops of one name, each with a postcode of its own
    "list": -0.8,  # who keeps a list and numbers it means two places, mostly
    "supporters": -4.0,  # a school and the friends of the school
}
