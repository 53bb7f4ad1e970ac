"""Places, areas, postcodes and the map's cells: no domain, no HTTP but ``geo.drf``."""
