"""Photos on a log entry: the home's own, public only with permission held, until a day."""
