"""The pages: coming in and going out, my own account, the administrators' consoles."""
