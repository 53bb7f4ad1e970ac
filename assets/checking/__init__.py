"""When each fact of a place was last looked at, and when it is time to look again."""
