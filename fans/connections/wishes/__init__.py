"""What people in a home would love to do, pegged up without a name."""
