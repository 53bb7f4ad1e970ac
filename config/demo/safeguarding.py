"""Whom the demo's pages say to call: a council that is real, with numbers that are not."""

import datetime as dt

from fans.people.safeguarding.models import Contact
from geo.models import Area

COUNCIL = "Trafford Council (demo)"


def make_contact(area: Area, today: dt.date) -> Contact:
    """Make the contact of the demo's area; an operator's own for it stays."""
    return Contact.objects.get_or_create(
        area=area,
        defaults={
            "council": COUNCIL,
            "phone": "0161 496 0111",  # kept for fiction by Ofcom
            "phone_out_of_hours": "0161 496 0112",
            "web": "https://example.org/adult-safeguarding",
            "checked_on": today - dt.timedelta(days=12),
            "is_demo": True,
        },
    )[0]
