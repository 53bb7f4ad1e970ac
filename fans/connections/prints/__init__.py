"""What a home prints: welcome card, poster, thank-you card, certificate."""
