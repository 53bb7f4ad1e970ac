"""Sheets to look at, to print and to keep as PDF."""
