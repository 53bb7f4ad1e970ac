"""Why the ledger of consents refuses something."""


class ConsentError(Exception):
    """Something about a consent was refused; the words say why."""


class UnknownPurposeError(ConsentError):
    """Nobody is asked for this."""


class NotTheirsToSayError(ConsentError):
    """Somebody agreed for a person in a way that is not open to them."""


class NothingToTakeBackError(ConsentError):
    """No consent stands."""


class TooLateError(ConsentError):
    """What was taken back can stand again for ten minutes only, unless agreed anew."""


class NewerWordingError(ConsentError):
    """The wording changed while it was being read."""


class WordingChangedError(ConsentError):
    """A published text and the file differ."""
