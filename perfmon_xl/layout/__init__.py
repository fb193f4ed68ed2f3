"""What the workbook looks like, said once."""
