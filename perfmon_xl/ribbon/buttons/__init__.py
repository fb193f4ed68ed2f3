"""What the buttons of the ribbon do: one module a family (the tag's first word), one function a button."""
