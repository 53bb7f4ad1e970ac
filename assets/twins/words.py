"""What the words of a name tell: which are common, which name a kind, a part, a side. Pure."""

from typing import Final


def _of(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP: Final = _of(
    "the of and at in on upon a an for to by with ltd limited cic cio plc inc icw near"
)
"""Say nothing either way."""

ABBREVIATED: Final = {
    "st": "saint",
    "ss": "saint",
    "sts": "saint",
    "saints": "saint",
    "rc": "roman catholic",
    "ce": "church england",
    "cofe": "church england",
    "urc": "unitedreformed church",
    "cp": "primary",
    "fc": "football club",
    "jfc": "junior football club",
    "afc": "football club",
    "rufc": "rugby club",
    "rfc": "rugby club",
    "cc": "cricket club",
    "ctr": "centre",
    "center": "centre",
    "pharm": "pharmacy",
    "chemists": "chemist",
    "dr": "doctor",
    "jnr": "junior",
    "gdns": "gardens",
    "foodbank": "food bank",
    "playgroup": "play group",
    "lloydspharmacy": "lloyds pharmacy",
}
"""Written short here and long there. "St" ends a street too; it is weighed lightly."""

COMMON: Final = _of(
    """
    saint church parish chapel methodist baptist roman catholic unitedreformed evangelical
    england anglican christian christ holy our lady all school primary junior infant infants
    nursery academy college high grammar voluntary aided controlled library community centre
    center hall village town civic club pharmacy chemist dental dentist practice surgery
    medical health clinic wellbeing hospital park garden gardens playground play field fields
    playing recreation ground house trust charity foundation group groups society association
    service services friends bowling football tennis cricket golf rugby badminton hockey
    swimming sports sport leisure food bank pantry cafe coffee tea bar pub inn arms hotel
    restaurant kitchen takeaway pizza shop store stores road street lane avenue drive post
    office youth scout scouts guides women womens mens ladies institute project station new old
    central hub room rooms building main city citadel north south east west pitch pitches
    """
)
"""In so many names that they hardly tell two places apart."""

KINDS: Final = {
    **dict.fromkeys(("library", "libraries"), "library"),
    **dict.fromkeys(("church", "chapel", "cathedral", "methodist", "baptist"), "church"),
    **dict.fromkeys(("mosque", "masjid"), "mosque"),
    **dict.fromkeys(("temple", "mandir", "gurdwara"), "temple"),
    **dict.fromkeys(("synagogue", "shul"), "synagogue"),
    **dict.fromkeys(("school", "academy", "primary"), "school"),
    **dict.fromkeys(("pharmacy", "chemist"), "pharmacy"),
    **dict.fromkeys(
        ("dental", "dentist", "orthodontic", "orthodontics", "endodontic"), "dental"
    ),
    **dict.fromkeys(("surgery", "medical", "doctors"), "surgery"),
    **dict.fromkeys(("hospital", "infirmary"), "hospital"),
    **dict.fromkeys(("cafe", "coffee", "tearoom", "tearooms"), "cafe"),
    **dict.fromkeys(("park", "gardens", "recreation"), "park"),
    **dict.fromkeys(("playground",), "playground"),
    **dict.fromkeys(("pantry", "foodbank"), "food bank"),
    **dict.fromkeys(("football", "soccer"), "football"),
    **dict.fromkeys(("gym", "fitness"), "gym"),
    **{
        word: word
        for word in (
            *("bowling", "badminton", "croquet", "cricket", "tennis", "golf", "rugby"),
            *("swimming", "judo", "karate", "rowing", "netball", "basketball", "squash"),
            *("garage", "cinema", "theatre", "museum"),
        )
    },
}
"""Words that say what a place is."""

WIDE_KINDS: Final = {
    "centre": "centre",
    "house": "house",
    "association": "association",
    "hub": "centre",
}
"""Words that say it less surely: a church may be called a centre, a library a hub."""

ANYTHING: Final = frozenset({"community_space"})
"""Categories that operators give to whole lists of places where people can meet."""

CHAINS: Final = frozenset({"shops", "food_drink", "hair_beauty"})
"""Categories in which one name stands at many corners of one town."""

WORD_OF_CATEGORY: Final = {"library_learning": "library"}
"""What a name leaves out that says no kind: lists of libraries say "Hyde" for its library."""

FAITHS: Final = {
    "methodist": "methodist",
    "wesley": "methodist",
    "wesleyan": "methodist",
    "baptist": "baptist",
    "catholic": "catholic",
    "unitedreformed": "reformed",
    "congregational": "reformed",
    "anglican": "anglican",
    "unitarian": "unitarian",
    "evangelical": "evangelical",
    "pentecostal": "pentecostal",
    "orthodox": "orthodox",
    "quaker": "quaker",
    "spiritualist": "spiritualist",
    "moravian": "moravian",
    "salvation": "salvation army",
}
"""Denominations: churches of one saint stand side by side."""

STAGES: Final = {
    "nursery": "nursery",
    "preschool": "nursery",
    "kindergarten": "nursery",
    "infant": "infant",
    "infants": "infant",
    "junior": "junior",
    "juniors": "junior",
    "senior": "secondary",
    "seniors": "secondary",
    "secondary": "secondary",
    "sixth": "sixth form",
    "veterans": "veterans",
    "ladies": "ladies",
    "mens": "mens",
}
"""For whom a school or a club is."""

PARTS: Final = _of(
    """
    hall halls room rooms schoolroom lounge annexe annex nursery cafe coffee bar shop playground
    allotment allotments carpark parking garage bakery kitchen studios studio pavilion sunday
    badminton bowling dementia
    """
)
"""Of a name that is else the same: a part of the place, or something held in it."""

SIDES: Final = _of(
    "north south east west upper lower old new great little inner outer internet"
)

SUPPORTERS: Final = _of(
    "friends pta ptfa parent parents teachers supporters alumni fund endowment prize"
)
