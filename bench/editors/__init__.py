"""How fast the editors' lists are for an editor with narrow rights, against the county's editor."""
