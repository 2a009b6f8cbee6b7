"""Visiting sites: our inspector, judgement included, against linkchecker with its throttles off, on the same pages."""
