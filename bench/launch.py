"""Starts a command, waits for it, and writes down its exit code and highest memory.

A child's highest memory, as the kernel tells it, is never below what its parent held when
it was started. So a parent that holds next to nothing stands between: this one.

usage: python -I -S bench/launch.py FILE COMMAND [ARGUMENT...]
"""

import os
import sys

if __name__ == "__main__":
    child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
    _, status, usage = os.wait4(child, 0)
    with open(sys.argv[1], "w") as file:
        file.write(f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss}")
