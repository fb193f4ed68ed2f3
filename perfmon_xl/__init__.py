"""perfmon-xl: budget performance monitoring (绩效运行监控) in Excel, from entries to the Word report."""

__version__ = "0.2.0"
