"""What is held on a person: consent, the pack of it, erasure, how long it is kept."""
