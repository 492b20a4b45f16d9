"""Front door of a checkout: `python cli.py …` is the installed command `compliance …`."""

from compliance.cli import main

if __name__ == "__main__":
    main()
