"""Setting a notice of four pages: Typst alone, our PDF and OFD, and other ways to the same pages."""
