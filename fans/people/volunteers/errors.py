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
