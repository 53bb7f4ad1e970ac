"""Loads the demo, once, as a whole."""

from django.db import transaction
from django.utils import timezone

from config.demo import assets as places
from config.demo import ground, keeping, programme
from config.demo import homes as houses
from config.demo import people as persons
from config.demo import waves as lives
from config.demo.calendar import Calendar
from config.demo.matches import make_matches
from config.demo.plans import make_plans
from config.demo.quick import make_sheet
from config.demo.reminders import ask_again, make_reminders
from config.demo.remove import demo_homes
from config.demo.respond import make_codes
from config.demo.safeguarding import make_contact
from config.demo.steps import make_photo, make_steps
from config.demo.ties import make_ties, tied_assets
from config.demo.visits import make_log
from config.demo.volunteers import make_volunteers
from config.demo.welcome import write_cards
from config.demo.wishes import make_wishes
from fans.connections.layers.services import count_volunteers
from fans.openness.lived.services import refresh

DEFAULT_SEED = 20


def is_loaded() -> bool:
    """Say whether the demo is there."""
    return demo_homes().exists()


@transaction.atomic
def load(*, seed: int) -> dict[str, int]:
    """Make the whole demo from a seed, dated from today; return what was made."""
    dates = Calendar(timezone.localdate())
    area = ground.trafford()
    spots = ground.spots(area)
    neighbourhoods = ground.make_neighbourhoods(area, spots)
    make_contact(area, dates.today)
    people = persons.make_people()
    homes = houses.make_homes(seed, spots, dates.today)
    houses.list_home_assets(seed, homes, dates.start)
    write_cards(homes, people["coordinator"])
    assets = places.make_assets(seed, spots, homes, tied_assets(), dates.start)
    keeping.stand_together(assets)
    places.check_assets(seed, assets, people["champion"], dates.today)
    cohort = programme.make_cohort()
    persons.give_roles(people, homes, area, cohort, dates)
    enrolments = programme.enrol_homes(cohort, homes, dates, people["facilitator"])
    ties = make_ties(homes, assets, dates, people["champion"])
    log = make_log(seed, ties, homes, dates, people["coordinator"])
    wishes = make_wishes(homes, dates, people["coordinator"])
    make_steps(homes, dates, people["coordinator"])
    make_photo(homes, people["coordinator"])
    make_sheet(homes, ties, dates, people["coordinator"])
    programme.make_tallies(homes, dates, people["coordinator"])
    volunteers = make_volunteers(people, spots, homes["larkfield"], dates)
    count_volunteers(day=dates.today)
    matches = make_matches(homes, volunteers, people, dates)
    waves = programme.plan_waves(enrolments, dates)
    programme.answer_waves(enrolments, waves, people)
    lives.remember(waves, homes, people["coordinator"])
    programme.score_waves(waves)
    lives.live(waves, homes, dates, people)
    make_codes(waves, homes["larkfield"].pk, people["coordinator"])
    plans = make_plans(homes, dates, people)
    suggestions = keeping.make_suggestions(assets, homes, people)
    keeping.make_doubts(assets, homes, people["champion"])
    ask_again(ties, people["champion"])
    make_reminders(people)
    refresh([home.pk for home in homes.values()])
    return {
        "homes": len(homes),
        "places and groups": len(assets),
        "neighbourhoods": len(neighbourhoods),
        "people": len(people),
        "volunteers": len(volunteers),
        "matches": len(matches),
        "ties": len(ties),
        "log entries": len(log),
        "wishes": len(wishes),
        "suggestions": len(suggestions),
        "waves": len(waves),
        "plans": len(plans),
    }
