"""`python -m ombun.jobs COMMAND …`: what the launcher `./ombun` calls."""
import sys

from ombun.jobs.machine.commands import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
