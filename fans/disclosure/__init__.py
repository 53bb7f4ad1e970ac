"""Disclosure control: thresholds, rounding, hiding by subtraction. Pure Python."""
