"""Reading, filling and building workbooks: everything that knows cells."""
