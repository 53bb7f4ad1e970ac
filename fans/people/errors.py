"""Why the people room refuses something."""


class PeopleError(Exception):
    """Something about accounts or roles was refused; the words say why."""


class DemoIsLoadedError(PeopleError):
    """A real account was asked for where the demo's passwords are known."""
