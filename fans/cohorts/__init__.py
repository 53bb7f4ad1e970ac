"""Which homes take part in the programme, and when; names no people."""
