"""The trend between waves: the lived part month by month."""
