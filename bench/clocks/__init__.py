"""A million reported clocks looked at on a new day, against one bare pass over the same rows."""
