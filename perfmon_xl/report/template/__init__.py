"""Word templates: looked over, checked name by name, compiled once."""
