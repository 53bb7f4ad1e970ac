"""The life of a wave: windows, events, reminders, closing, what came after."""
