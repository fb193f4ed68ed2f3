"""What several rules share: reading of rows, units, mentions, money, verdicts."""
