"""The search of the public site at 100,000 articles, against a scan of the same texts and the bare index."""
