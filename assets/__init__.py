"""Community assets: the places, groups and people around a care home."""
