"""Care homes: the house, its registrations, what it offers its neighbours."""
