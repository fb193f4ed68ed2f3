"""From the records to the Word report."""
