"""Why something about a place's own people is refused, in words for whoever asked."""


class PartnersError(Exception):
    """The refusal's own sentence."""


class LinkIsOverError(PartnersError):
    """The link was used, replaced, is too old, for something else, or never was: told alike."""


class AllChangedError(PartnersError):
    """Nothing that the mail showed stands as it did: there is nothing to confirm."""


class NotPublicError(PartnersError):
    """The place is not on the map."""


class AlreadyDecidedError(PartnersError):
    """Somebody else was first to decide."""


class MayNotDecideError(PartnersError):
    """The place lies in nobody's area of theirs."""


class NoWayToInviteError(PartnersError):
    """There is no address to invite, or nobody who may invite there."""
