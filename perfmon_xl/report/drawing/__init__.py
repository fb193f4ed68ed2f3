"""Charts: as plain values, as DrawingML, as the small workbook inside them, and into the document."""
