"""The demo's people: one for each role, with passwords made at random here."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from config.demo.calendar import Calendar
from config.demo.words import words
from fans.cohorts.models import Cohort
from fans.people.demo import new_password, read_passwords, write_passwords
from fans.people.models import Membership, Person
from geo.models import Area
from homes.models import Home


def make_people() -> dict[str, Person]:
    """Make the demo's accounts, their addresses confirmed; returned by role."""
    rows = words("people")["people"]
    people = {row["role"]: Person(name=row["name"], is_demo=True) for row in rows}
    passwords = {}
    for person in people.values():
        person.email = f"{person.name.lower().replace(' ', '.')}@example.org"
        passwords[person.email] = new_password()
        person.set_password(passwords[person.email])
    Person.objects.bulk_create(people.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in people.values()
    )
    transaction.on_commit(lambda: write_passwords(passwords))
    return people


def give_roles(
    people: dict[str, Person],
    homes: dict[str, Home],
    area: Area,
    cohort: Cohort,
    dates: Calendar,
) -> None:
    """Give each person their role, in the scope that the role has."""
    memberships = []
    for row in words("people")["people"]:
        scopes = {
            "home": homes.get(row.get("home", "")),
            "area": area,
            "cohort": cohort,
        }
        scope = {row["scope"]: scopes[row["scope"]]} if row["scope"] else {}
        memberships.append(
            Membership(
                person=people[row["role"]], role=row["role"], from_on=dates.start, **scope
            )
        )
    Membership.objects.bulk_create(memberships)


def renew_lost_passwords() -> bool:
    """Make new passwords where the kept ones are gone or do not fit; say whether so."""
    # Who has a password at all: the demo's volunteers have none, and no other way in.
    with_account = Person.objects.filter(is_demo=True, email__isnull=False)
    without = {"password__startswith": UNUSABLE_PASSWORD_PREFIX}
    people = list(with_account.exclude(**without).order_by("pk"))
    kept = read_passwords()
    # Hashing is slow on purpose: they are made together, so one stands for all.
    fits = people[:1] and people[0].check_password(kept.get(str(people[0].email), ""))
    if fits and all(person.email in kept for person in people):
        return False
    passwords = {str(person.email): new_password() for person in people}
    for person in people:
        person.set_password(passwords[str(person.email)])
    Person.objects.bulk_update(people, ["password"])
    write_passwords(passwords)
    return True
