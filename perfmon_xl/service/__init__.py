"""A service on this machine alone: a page for any browser, and the same API for the add-in of WPS."""
