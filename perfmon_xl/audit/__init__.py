"""Holding a report against its workbook: walking the document, and judging what changed. Pure of files."""
