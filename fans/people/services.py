"""Operations on accounts and the roles they hold."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from fans.people.errors import DemoIsLoadedError
from fans.people.models import Membership, Person, Role


@transaction.atomic
def open_account(*, email: str, name: str = "", password: str | None = None) -> Person:
    """Give a person an account whose address counts as confirmed; again changes nothing.

    For people whom somebody who knows them has named: the address was not typed by a
    stranger. Without a password they sign in by code, or by a link to choose one.

    Raises:
        ValidationError: the address is not an e-mail address.
    """
    address = email.strip().lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        person = Person(email=address, name=name)
        person.set_password(password)
        person.full_clean()
        person.save()
    confirm_address(person=person)
    return person


@transaction.atomic
def confirm_address(*, person: Person) -> None:
    """Let a person sign in by their present address, and by no earlier one.

    Codes and links go to confirmed addresses: one that somebody has left, or lost, must
    not keep the door open.
    """
    EmailAddress.objects.filter(user=person).exclude(email=person.email or "").delete()
    if person.email:
        EmailAddress.objects.update_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )


@transaction.atomic
def make_administrator(*, email: str, name: str = "") -> Person:
    """Give somebody an account that administers the site.

    Raises:
        DemoIsLoadedError: made-up people with known passwords are in this installation.
        ValidationError: the address is not an e-mail address.
    """
    if Person.objects.filter(is_demo=True).exists():
        raise DemoIsLoadedError(
            "The demo is loaded here, and its passwords are shown to anyone. "
            "Take it away first: bin/manage remove_demo"
        )
    person = open_account(email=email, name=name)
    today = timezone.localdate()
    held = person.memberships.on(today).filter(role=Role.ADMINISTRATOR)
    if not held.exists():
        membership = Membership(person=person, role=Role.ADMINISTRATOR, from_on=today)
        membership.full_clean()
        membership.save()
    return person
