"""What the demo's first home put down in its three steps, and a drawn photo of its log."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from PIL import Image, ImageDraw

from assets.photos.pictures import read_picture
from config.demo.calendar import Calendar
from config.demo.words import words
from fans.connections.models import Connection, LogSource, Partnership
from fans.connections.pictures.services import add_picture, share_picture
from fans.connections.steps.models import Acquaintance, Pick, StepDone
from fans.people.models import Person
from homes.models import Home

_SIZE: Final = (960, 720)
_SKY, _BED, _SOIL = (214, 230, 238), (143, 71, 0), (84, 78, 71)
_LEAF, _CAN = (47, 107, 60), (29, 92, 140)


def make_steps(homes: Mapping[str, Home], dates: Calendar, by: Person) -> list[Acquaintance]:
    """Put down whom the home knew at its start, its shortlist, and what it says is done."""
    told = words("steps")
    home = homes[told["home"]]
    ties = {str(tie.partner): tie for tie in home.partnerships.select_related("partner__asset")}
    rows = [_known(home, ties[row["partner"]], row, by) for row in told["known"]]
    rows += [Acquaintance(home=home, name=name, added_by=by) for name in told["to_sort"]]
    Acquaintance.objects.bulk_create(rows)
    begun = dt.datetime.combine(dates.start, dt.time(11), timezone.get_current_timezone())
    Acquaintance.objects.filter(home=home).update(added_at=begun)
    Pick.objects.bulk_create(
        Pick(partnership=ties[row["partner"]], themes=row["themes"], picked_by=by)
        for row in told["shortlist"]
    )
    StepDone.objects.bulk_create(
        StepDone(home=home, step=step, done_by=by) for step in told["done"]
    )
    return rows


def _known(home: Home, tie: Partnership, row: dict[str, Any], by: Person) -> Acquaintance:
    recalled = tie.connections.standing().filter(source=LogSource.RECALL).first()
    return Acquaintance(
        home=home,
        name=str(tie.partner),
        kind=tie.partner.kind,
        category=tie.partner.category,
        partnership=tie,
        place=tie.partner.asset,
        known_by=row["known_by"],
        how_often=row["how_often"],
        direction=recalled.direction if recalled else row["direction"],
        times=recalled.occurrences if recalled else None,
        recalled=recalled,
        added_by=by,
    )


def make_photo(homes: Mapping[str, Home], by: Person) -> None:
    """Add a drawn photo to the last entry with a garden, and show it to anybody."""
    told = words("steps")
    photo, home = told["photo"], homes[told["home"]]
    rows = home.connections.standing().order_by("-happened_on", "-pk")
    entries = rows.select_related("partnership__partner__asset", "home")
    entry = next((row for row in entries if _with(row) == photo["partner"]), None)
    if entry is None:
        return
    picture = add_picture(
        connection=entry, by=by, file=read_picture(_drawn()), alt=photo["alt"],
        shows_people=False,
    )  # fmt: skip
    share_picture(picture=picture, by=by)


def _with(row: Connection) -> str:
    return str(row.partnership.partner)


def _drawn() -> io.BytesIO:
    """Draw a raised bed with young beans, and two watering cans."""
    image = Image.new("RGB", _SIZE, _SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, 960, 720), fill=_LEAF)
    draw.rectangle((120, 420, 840, 600), fill=_BED)
    draw.rectangle((140, 400, 820, 440), fill=_SOIL)
    for left in range(170, 800, 70):
        draw.line((left, 410, left, 250), fill=_LEAF, width=8)
        draw.ellipse((left - 28, 300, left, 330), fill=_LEAF)
        draw.ellipse((left, 260, left + 28, 290), fill=_LEAF)
    for left in (60, 800):
        draw.rectangle((left, 600, left + 100, 690), fill=_CAN)
        draw.line((left + 100, 620, left + 140, 590), fill=_CAN, width=14)
    out = io.BytesIO()
    image.save(out, "PNG")
    out.seek(0)
    return out
