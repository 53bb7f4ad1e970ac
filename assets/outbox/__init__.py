"""What a phone kept while it had no signal, and sends now: places, and photos of them."""
