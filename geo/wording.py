"""Distances as people say them. Pure."""


def distance_words(metres: float) -> str:
    """Say a distance in metres as "350 m" or "1.2 km"."""
    if metres < 995:
        return f"{max(10, round(metres / 10) * 10)} m"
    return f"{metres / 1000:.1f} km"
