"""The system around the program: files, Windows, faults, resources."""
