"""Instruments as data: versions, their texts in other words, what another version would say."""
