"""The lived part of every home, scored by the database itself."""
