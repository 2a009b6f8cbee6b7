"""From an editor's correction to the page that a visitor reads, and a full render, against Hugo on the same content."""
