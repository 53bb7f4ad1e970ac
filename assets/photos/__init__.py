"""Photos of places: written anew, looked at before the public sees them."""
