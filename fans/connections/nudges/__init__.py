"""What waits for somebody: the work list, and one mail a day at most."""
