"""Which version new waves take."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from fans.openness.models import Instrument

CHOICE_PUBLISHED = "instruments_choice_published"


@pghistory.track()
class Choice(models.Model):
    """A decision that new waves take a version, until the next one. Never changed.

    Only a published version can be chosen (``instruments_choice_published``).
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Trigger(
                name=CHOICE_PUBLISHED,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NOT EXISTS (
                  SELECT FROM openness_instrument
                   WHERE id = NEW.instrument_id AND published_at IS NOT NULL
                ) THEN
                  RAISE EXCEPTION '{CHOICE_PUBLISHED}: this version is not published'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{CHOICE_PUBLISHED}';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} for new waves"
