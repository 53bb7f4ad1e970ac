"""Care homes, their registrations and what they offer their neighbours."""

from homes.models.home import SMALL_HOME_BEDS, Home, HomeKind, HomeQuerySet
from homes.models.offers import HomeAsset, HomeAssetKind
from homes.models.queue import (
    ChangeKind,
    RegisterChange,
    RegisterChangeQuerySet,
    RegistrationQuestion,
    RegistrationQuestionQuerySet,
)
from homes.models.registration import Registration, Regulator

__all__ = [
    "SMALL_HOME_BEDS",
    "ChangeKind",
    "Home",
    "HomeAsset",
    "HomeAssetKind",
    "HomeKind",
    "HomeQuerySet",
    "RegisterChange",
    "RegisterChangeQuerySet",
    "Registration",
    "RegistrationQuestion",
    "RegistrationQuestionQuerySet",
    "Regulator",
]
