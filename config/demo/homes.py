"""The demo's care homes, their registrations and what they offer."""

import datetime as dt
import random
from typing import Any

from config.demo.ground import Spot
from config.demo.words import dice, words
from geo.models import Precision
from homes.models import Home, HomeAsset, Registration

ENROLLED = ("larkfield", "sycamores", "weavers")
"""The homes of the demo's cohort."""

NEAR_M = 500
"""Within this of an enrolled home its ties find their places."""


def make_homes(seed: int, spots: list[Spot], today: dt.date) -> dict[str, Home]:
    """Make the homes with one registration each; returned by their key in the fixture."""
    roll = dice(seed, "homes")
    rows = words("homes")["homes"]
    places = _choose_places(roll, rows, spots)
    homes = [
        _home(roll, number, row, spot)
        for number, (row, spot) in enumerate(zip(rows, places, strict=True), start=1)
    ]
    Home.objects.bulk_create(homes)
    Registration.objects.bulk_create(
        Registration(
            home=home,
            regulator="cqc",
            regulator_id=f"DEMO-{number:03}",
            provider=row["provider"],
            name=home.name,
            local_authority=home.local_authority,
            beds=row["beds"],
            from_on=today.replace(day=1) - dt.timedelta(days=roll.randint(900, 4_500)),
        )
        for number, (row, home) in enumerate(zip(rows, homes, strict=True), start=1)
    )
    return {row["key"]: home for row, home in zip(rows, homes, strict=True)}


def _home(roll: random.Random, number: int, row: dict[str, Any], spot: Spot) -> Home:
    return Home(
        name=row["name"],
        kind=row["kind"],
        address=f"{roll.randint(1, 90)} {row['street']}, {row['town']}",
        postcode=spot.written(),
        phone=f"0161 496 0{900 + number}",  # kept for fiction by Ofcom
        website=f"https://example.org/{row['key']}",
        local_authority="Trafford",
        welcome_role=row["welcome"],
        location=spot.point(),
        location_precision=Precision.POSTCODE,
        location_source="postcode",
        is_demo=True,
    )


def list_home_assets(seed: int, homes: dict[str, Home], start: dt.date) -> None:
    """List what each home offers; the enrolled ones did so before their programme began."""
    roll = dice(seed, "home assets")
    offers: dict[str, list[list[Any]]] = words("homes")["home_assets"]
    rows = []
    for key, home in homes.items():
        chosen = offers.get(key) or roll.sample(offers["others"], 2)
        for kind, description, public in chosen:
            listed_on = start - dt.timedelta(days=roll.randint(3, 40))
            rows.append(
                HomeAsset(
                    home=home,
                    kind=kind,
                    description=description,
                    is_public=public,
                    listed_on=listed_on,
                )
            )
    HomeAsset.objects.bulk_create(rows)


def _choose_places(
    roll: random.Random, rows: list[dict[str, Any]], spots: list[Spot]
) -> list[Spot]:
    """Pick a postcode of each home's district; busy streets for the enrolled ones."""
    chosen: list[Spot] = []
    for row in rows:
        district = [s for s in spots if s.code[:-3] == row["outcode"] and s not in chosen]
        few = roll.sample(district, min(30, len(district)))
        if row["key"] in ENROLLED:
            few.sort(key=lambda s: -sum(s.metres_to(o) <= NEAR_M for o in district))
        chosen.append(few[0])
    return chosen
