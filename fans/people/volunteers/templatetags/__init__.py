"""Tags of this part of the room."""
