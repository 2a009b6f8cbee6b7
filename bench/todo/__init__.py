"""The to-do list of a county with a million documents, and the bare query for the same rows."""
