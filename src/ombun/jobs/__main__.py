"""`python -m ombun.jobs COMMAND …`: what the launcher `./ombun` calls."""
import os
import select
import signal
import sys

from ombun.jobs.machine.commands import run


def main() -> int:
    """Run the command. Where whoever reads its answer has read enough (`| head -1`), it ends without a word."""
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        if not _nobody_reads():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is flushed at the very end
        return 128 + signal.SIGPIPE
    return code


def _nobody_reads() -> bool:
    ends = select.poll()
    ends.register(sys.stdout.fileno(), 0)  # asks for nothing but errors: the other end of the pipe is closed
    return bool(ends.poll(0))


if __name__ == "__main__":
    sys.exit(main())
