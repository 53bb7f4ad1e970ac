"""Whom to call when somebody is worried; no reports are taken here."""
