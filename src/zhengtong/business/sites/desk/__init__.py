"""The editors' desk. The only folder that imports Wagtail; every change made here goes through the room's `actions`."""
