"""Answers of people without accounts: by code, on a tablet, a phone or paper."""
