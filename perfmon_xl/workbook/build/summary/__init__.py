"""The summary workbook of a batch: a project a row, by department, by light, by rule; its figures are formulas."""
