"""Action plans, conversations, partnership groups and reports: built with later parts."""
