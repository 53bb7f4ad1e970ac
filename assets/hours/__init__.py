"""Opening hours: OpenStreetMap's syntax in, words and "open now" out."""
