"""Searching the public site at a hundred thousand articles, against a plain scan, which is the truth, and a bare query of the index."""
