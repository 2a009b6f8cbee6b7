"""Benchmarks: `./zt bench` or `python -m bench`. They print ratios with the settings they were taken under; none has a limit to fail."""
