"""What concerns the paper itself and serves every network alike; no tables, no Django (design §3b.7)."""
