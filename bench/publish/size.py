"""How much is measured; known without Django. `ZT_BENCH_ARTICLES` makes it smaller for a first look."""

import os

ROOMS, COLUMNS = 120, 8
ARTICLES = int(os.environ.get("ZT_BENCH_ARTICLES", "100000"))
EDITS, WARM = 12, 3
