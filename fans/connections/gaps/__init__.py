"""Where a tie is missing: places within reach that fit, with the reasons."""
