"""Whom the data come from, and under which licence: only those that take part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from assets.models import AssetSource


@dataclass(frozen=True)
class Source:
    """Where data come from, in the words that their licence asks for."""

    title: str
    path: str
    licence: str
    licence_path: str
    used_for: str

    def as_json(self) -> dict[str, object]:
        """Return it as a data package tells it."""
        licence = {"title": self.licence, "path": self.licence_path}
        return {
            "title": self.title,
            "path": self.path,
            "licenses": [{key: value for key, value in licence.items() if value}],
            "description": self.used_for,
        }


OGL: Final = "Open Government Licence v3.0"
OGL_PATH: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

REGISTERS: Final = Source(
    "Contains information of the UK care regulators (CQC, CIW, Care Inspectorate, RQIA)",
    "https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
    OGL,
    OGL_PATH,
    "Area, type and bed band of homes.",
)
POSTCODES: Final = Source(
    "Contains OS data © Crown copyright and database right; contains Royal Mail data "
    "© Royal Mail copyright and database right; contains National Statistics data "
    "© Crown copyright and database right",
    "https://geoportal.statistics.gov.uk/",
    OGL,
    OGL_PATH,
    "Places of homes and partners known by their postcode, from which distance bands are "
    "worked out.",
)
OPENSTREETMAP: Final = Source(
    "© OpenStreetMap contributors",
    "https://www.openstreetmap.org/copyright",
    "Open Data Commons Open Database License (ODbL) 1.0",
    "https://opendatacommons.org/licenses/odbl/1-0/",
    "Category, ABCD type and distance band of partners that were taken from OpenStreetMap. "
    "Whoever publishes a database made from them keeps this notice and shares it alike.",
)
OTHER_FILES: Final = Source(
    "Open data of local directories",
    "https://openreferraluk.org/",
    "As each directory's publisher says; ask the administrator who gave you the study",
    "",
    "Category and ABCD type of partners that were taken from a directory or table. Which "
    "one is not said here, for its name would tell the area.",
)

NEVER_IMPORTED: Final = ("", AssetSource.LOCAL, AssetSource.DEMO)


def sources_of(partner_sources: Iterable[str]) -> list[Source]:
    """Return the sources of a file whose partners come from ``partner_sources``."""
    found = set(partner_sources)
    sources = [REGISTERS, POSTCODES]
    if AssetSource.OSM in found:
        sources.append(OPENSTREETMAP)
    if found - {*NEVER_IMPORTED, AssetSource.OSM}:
        sources.append(OTHER_FILES)
    return sources
