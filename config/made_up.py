"""How the rows of the made-up country are told from those of the demo."""

from typing import Final

COUNTRY_NUMBER: Final = "COUNTRY-"
"""Begins the register number of every home of the country."""

COUNTRY_REF: Final = "country-"
"""Begins the ``source_ref`` of every place of the country."""

COUNTRY_COHORT: Final = "Made-up cohort"
"""Begins the name of every cohort of the country."""
