"""Every rule of this room and those below it."""

from fans.people.privacy import (
    retention_of_partners,
    retention_of_photos,
    retention_of_records,
    retention_of_suggestions,
    retention_of_volunteers,
    retention_rules,
)


def register_rules() -> None:
    """Add them; again changes nothing."""
    retention_rules.register_rules()
    retention_of_volunteers.register_rules()
    retention_of_records.register_rules()
    retention_of_suggestions.register_rules()
    retention_of_partners.register_rules()
    retention_of_photos.register_rules()
