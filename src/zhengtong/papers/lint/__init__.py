"""The rule book of official documents as rows, and what it finds in one document.

`check.lint(elements, context)` gives a `Report`; the rows stand in `rules/`, one module for each area.
"""
