"""The day's one mail, for something that cannot wait until the weekly one."""

import datetime as dt

from django.db import IntegrityError, transaction

from fans.connections.nudges.models import Mailing, Wanted
from fans.connections.nudges.services.mailing import due_for
from fans.connections.nudges.weeks import How
from fans.people.models import Person
from fans.people.post import receivers
from fans.people.post.models import Kind


@transaction.atomic
def take_day(*, person: Person, today: dt.date, things_count: int) -> bool:
    """Take somebody's one mail of a day for a room above; say whether it is theirs to write.

    The list of what waits goes first: where its mail is still to be written today, or went,
    the answer is no, and the next run or day is asked again. So it is for somebody who wants
    no reminders, or no mail. In one transaction with the mail.
    """
    wants_none = Wanted.objects.filter(person=person, how=How.NONE.value).exists()
    if wants_none or receivers.why_not(Kind.PROGRAMME, person.email or ""):
        return False
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
    if due_for(person, today) is not None:
        return False
    book = Mailing.objects.select_for_update().filter(person=person, day=today).first()
    if book is None:
        try:
            with transaction.atomic():
                book = Mailing.objects.create(person=person, day=today, due_on=today)
        except IntegrityError:
            return False  # another worker was first
    if book.things_count:
        return False
    book.things_count = things_count
    book.save(update_fields=["things_count"])
    return True
