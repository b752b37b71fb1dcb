"""What holds for all tests."""

import os
import tempfile

# Coverage sees only what the interpreter runs. That the compiled parser gives the same is a test.
os.environ.setdefault("ZHIBIAO_COMPILED", "0")
# Runs of Dagster are sent to the folders of tests, which the defaults do not allow.
os.environ.setdefault("ZHIBIAO_ALLOWED_ROOTS", tempfile.gettempdir())
