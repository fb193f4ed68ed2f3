"""Many workbooks at once: walk a folder, do each one, remember what was done, go on after any interruption."""

from perfmon_xl.batch.cluster import dask_executor
from perfmon_xl.batch.engine import Batch, Tally, run
from perfmon_xl.batch.outcome import Outcome, Status
from perfmon_xl.batch.settings import Edition

__all__ = ["Batch", "Edition", "Outcome", "Status", "Tally", "dask_executor", "run"]
