"""A month of the log in one grid, and the sheet of paper that it is copied from."""
