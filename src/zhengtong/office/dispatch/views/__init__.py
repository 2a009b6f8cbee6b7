"""`copies` both sides' lists and pages; `acts` what a sender does with a whole document; `answers` what is gathered."""
