"""A workbook through openpyxl: the second opinion of `--engine openpyxl`; saved only to another file."""
