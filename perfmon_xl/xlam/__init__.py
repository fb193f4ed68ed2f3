"""The Excel add-in built from text: VBA sources and ribbon in, a packed .xlam out, the same bytes every time."""
