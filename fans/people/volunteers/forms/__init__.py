"""What volunteers, the adults of the young, and leads are asked."""
