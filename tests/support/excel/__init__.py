"""A stand-in for Excel's COM objects under Windows Python; what it imitates, and whence the belief: README.md."""
