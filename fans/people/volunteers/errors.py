"""Why something about volunteers is refused."""

from fans.people.errors import PeopleError


class VolunteersError(PeopleError):
    """Something about a volunteer was refused; the words say why."""


class LinkIsOverError(VolunteersError):
    """The link was used, is too old, or never was: told alike."""


class AlreadyVolunteersError(VolunteersError):
    """Somebody who offers is a volunteer already."""


class ConsentMissingError(VolunteersError):
    """What may be kept was not agreed to, or was taken back."""


class PausedByLeadError(VolunteersError):
    """A lead let them rest; only a lead ends that."""


class AdultMissingError(VolunteersError):
    """Under 18, and no parent or leader has said yes."""


class NotYetError(VolunteersError):
    """It comes later on the way."""


class TooLateError(VolunteersError):
    """What was logged can be taken back for ten minutes."""


class AlreadyLoggedError(VolunteersError):
    """The very same hours were logged a moment ago."""


class NotTheirsError(VolunteersError):
    """Somebody takes a step that is not theirs to take."""


class WrongStepError(VolunteersError):
    """The stage does not follow the one they are at."""


class MovedMeanwhileError(VolunteersError):
    """Somebody else moved them since the page was opened."""


class RoleMissingError(VolunteersError):
    """It is not decided yet what they would do."""


class RoleDoesNotFitError(VolunteersError):
    """The role is for others: for groups, or by age."""


class ReferencesMissingError(VolunteersError):
    """Not as many people as the role asks for have spoken for them."""


class CheckMissingError(VolunteersError):
    """No check is decided for their role, it was not suitable, or it is due anew."""


class InductionMissingError(VolunteersError):
    """Something on the role's list is not done."""


class NeverAloneError(VolunteersError):
    """Being alone with people who live there needs a grown-up and a good decision."""


class CheckRefusedError(VolunteersError):
    """A check is asked for or decided in a way that cannot be."""


class ReferenceRefusedError(VolunteersError):
    """A reference is asked for or taken in a way that cannot be."""
