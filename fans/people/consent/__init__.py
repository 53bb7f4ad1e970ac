"""Who agreed to what wording, when and how, and when they took it back."""
