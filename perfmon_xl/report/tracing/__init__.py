"""Where every figure of a report comes from: marks in the text, bookmarks in Word, the record beside them."""
