"""Builders that several folders of tests use are importable from all of them."""

import sys
from pathlib import Path

for folder in ("domain", "workflows", "records"):
    sys.path.insert(0, str(Path(__file__).parent / folder))
