"""A made-up locality over real postcodes, to look around in."""
