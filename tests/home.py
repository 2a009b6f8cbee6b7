"""A temporary home and the demo's mode for a run of tests, before any settings are read.

Loaded by pytest's `-p` (pyproject.toml): pytest-django reads the settings before it reads any conftest.
"""

import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="zt-tests-")
os.environ["ZT_HOME"] = HOME
os.environ["ZT_MODE"] = "demo"


def pytest_unconfigure(config):
    shutil.rmtree(HOME, ignore_errors=True)
