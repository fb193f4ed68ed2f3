"""From the records to the words of a report: the names a template may use, and the drafts."""
