"""`python -m artvis`: the same as the command `artvis`."""

import sys

from artvis.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
