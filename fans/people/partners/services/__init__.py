"""What happens to questions, claims and roles."""
