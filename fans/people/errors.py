"""Why the people room refuses something."""


class PeopleError(Exception):
    """Something about accounts or roles was refused; the words say why."""


class DemoIsLoadedError(PeopleError):
    """A real account was asked for where the demo's passwords are known."""


class MayNotGiveError(PeopleError):
    """Somebody gave, kept or ended a role that is not theirs to give there."""


class TooManyInvitationsError(PeopleError):
    """Somebody invites more people in a day than anybody knows, or one person too often."""


class InvitationIsOverError(PeopleError):
    """The invitation was used, taken back, is too old, or never was: told alike."""


class WrongAccountError(PeopleError):
    """The invitation is for another address than the one signed in."""


class AccountExistsError(PeopleError):
    """The invitation is for somebody who has an account, and has to sign in first."""


class LastAdministratorError(PeopleError):
    """Without this role nobody could administer the site."""


class TooLateError(PeopleError):
    """What somebody did can be taken back for ten minutes."""
