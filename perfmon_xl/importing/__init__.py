"""Existing Word reports read into records: what was placed keeps its place, what was not is listed."""
