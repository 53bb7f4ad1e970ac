"""De-identified extracts for researchers."""
