"""Layouts of care home registers: each reads a file's rows into ``RegisterRow``. Pure."""
