"""The visitor: goes to a site as anybody would, without database and without Django, and writes down what it saw."""
