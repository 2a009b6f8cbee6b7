"""What the rule book says about a paper that comes in: `steps` its way, `elements` what is written down of it."""
