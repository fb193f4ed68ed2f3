"""Contents, page numbers and PDF: estimated here, or counted by LibreOffice."""
