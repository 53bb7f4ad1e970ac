"""What is held on a person: the pack of it, erasure, how long it is kept."""
