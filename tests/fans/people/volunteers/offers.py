"""What tests say when they sign somebody up, and how they find the link in a mail."""

import re
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from fans.people.volunteers.answers import Adult, Answers
from fans.people.volunteers.placing import find_place

PAGE = "/volunteer/"
AMRIT, ZOE, JO = "amrit@example.org", "zoe@example.org", "jo@example.org"
WHO = {"age_band": "18+", "kind": "alone"}
LIKES = {
    "interests": ["chat", "gardening"],
    "languages": ["en", "pa"],
    "times": ["tue-am", "sat-pm"],
    "postcode": "M33 2DH",
    "travel_m": "3219",
}
REACH = {"name": "Amrit", "email": AMRIT}
YES = {"volunteer_profile": "on"}
OF_ADULT = {"adult_name": "Jo Bell", "adult_relation": "parent", "adult_email": JO}
OF_ZOE = {"age_band": "16-17", "name": "Zoe", "email": ZOE, **OF_ADULT}
OF_KIT = {"age_band": "under-16", "name": "Kit", **OF_ADULT, "young_volunteer": "on"}
A_GROUP = {
    "kind": "group",
    "group_name": "Sale Sings",
    "group_people_count": "12",
    "group_children_count": "3",
}


def answers(**said: Any) -> Answers:
    """What Amrit says, who is 18 or over."""
    usual: dict[str, Any] = {
        "name": "Amrit",
        "interests": ["chat"],
        "travel_m": 3219,
        "place": find_place("M33 2DH", is_young=False) if "place" not in said else None,
        "agreed": ["volunteer_profile"],
    }
    return Answers(**{**usual, **said})


def of_zoe(**said: Any) -> Answers:
    """What Zoe says, who is 16, and whose mother is Jo."""
    young = {"name": "Zoe", "age_band": "16-17", "adult": Adult("Jo Bell", JO, "parent")}
    if "place" not in said:
        young["place"] = find_place("M33", is_young=True)
    return answers(**{**young, **said})


def of_kit(**said: Any) -> Answers:
    """What Jo says for Kit, who is 9."""
    child = {"name": "Kit", "age_band": "under-16", "agreed": ["young_volunteer"]}
    return of_zoe(**{**child, **said})


def send(client: Client, **said: Any) -> Any:
    """Send the last step with all that was said before, as its hidden fields do."""
    return client.post(PAGE, {"step": "4", **WHO, **LIKES, **REACH, **YES, **said})


def link(to: str = AMRIT) -> str:
    """The link in the last mail to somebody."""
    written = [one for one in mail.outbox if one.to == [to]]
    return re.search(r"https?://[^/\s]+(/volunteer/\S+/\S+)", written[-1].body)[1]


def token(to: str = AMRIT) -> str:
    """The token in the last mail to somebody."""
    return link(to).rstrip("/").rpartition("/")[2]


def confirm(client: Client, to: str = AMRIT) -> Any:
    """Follow the link and press the button."""
    client.get(link(to), follow=True)
    return client.post(reverse("volunteers:confirm"), follow=True)


def answer(client: Client, do: str, to: str = JO) -> Any:
    """Follow the link of an adult, and press one of the buttons."""
    client.get(link(to), follow=True)
    return client.post(reverse("volunteers:adult"), {"do": do}, follow=True)


def text(response: Any) -> str:
    """The page in one line."""
    return re.sub(r"\s+", " ", response.content.decode())
