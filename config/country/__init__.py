"""A large made-up country over real postcodes, for tests of scale."""
