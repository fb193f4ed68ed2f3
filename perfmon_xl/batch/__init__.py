"""Many workbooks at once: walk a folder, do each one, remember what was done, go on after any interruption."""

from perfmon_xl.batch.outcome import Outcome, Status

__all__ = ["Outcome", "Status"]
