"""Office Open XML packages: zip, names, safety."""
