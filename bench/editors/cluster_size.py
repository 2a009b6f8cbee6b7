"""How much is measured; known without Django."""

ROOMS, COLUMNS, ARTICLES = 120, 8, 100_000
