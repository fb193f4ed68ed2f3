"""`python -m perfmon_xl` is the command `perfmon-xl`."""

from perfmon_xl.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
