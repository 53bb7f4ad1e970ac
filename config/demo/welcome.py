"""The welcome cards of the demo's homes."""

from collections.abc import Mapping

from config.demo.words import words
from fans.people.models import Person
from homes.models import Home
from homes.welcome.models import WelcomeCard
from homes.welcome.services import write_card


def write_cards(homes: Mapping[str, Home], by: Person) -> list[WelcomeCard]:
    """Write the cards of the enrolled homes; one is not shown to everybody yet."""
    cards = words("welcome")["cards"]
    return [
        write_card(home=homes[key], by=by, version="", **said) for key, said in cards.items()
    ]
