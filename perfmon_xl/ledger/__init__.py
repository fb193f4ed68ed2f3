"""Every number, date and rate of a document as a claim, and what claims must hold with one another. See README.md."""
