"""The quick log: what happened, noted by staff without an account from a printed code."""
