#!/usr/bin/env python
"""Django's command line; ``bin/manage`` calls it in the right environment."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import execute_from_command_line

    from fans.people.audit.doing import doing_command

    django.setup()
    with doing_command(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
