"""A home says that a step is done for now, or that it is not."""

from django.db import transaction

from fans.connections.errors import ConnectionsError
from fans.connections.services.locks import hold_log
from fans.connections.steps.models import Step, StepDone
from fans.connections.steps.services.known import refuse_unless_allowed
from fans.people.models import Person
from homes.models import Home


@transaction.atomic
def say_done(*, by: Person, home: Home, step: str) -> StepDone:
    """Say that a step is done for now; again changes nothing.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
        ConnectionsError: there is no such step.
    """
    refuse_unless_allowed(by, home)
    if step not in Step.values:
        raise ConnectionsError("There are three steps: choose one of them.", field="step")
    hold_log(home)
    found = StepDone.objects.filter(home=home, step=step).first()
    return found or StepDone.objects.create(home=home, step=step, done_by=by)


@transaction.atomic
def say_not_done(*, by: Person, home: Home, step: str) -> None:
    """Take back that a step is done.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
    """
    refuse_unless_allowed(by, home)
    StepDone.objects.filter(home=home, step=step).delete()
