"""Linting against the length of the document, and against one typeset of the same text."""
