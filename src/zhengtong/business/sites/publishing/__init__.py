"""The publisher: which files a site consists of, how each is rendered, and the signed release made of them."""
