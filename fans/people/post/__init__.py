"""Mail that leaves: queued, stopped by whoever gets it, bounced."""
