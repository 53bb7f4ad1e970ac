"""What commissioners see of many homes together, never of one."""
