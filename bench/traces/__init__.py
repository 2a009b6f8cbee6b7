"""A document that eight people edited a thousand times: what its traces cost to show and to verify."""
