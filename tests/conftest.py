"""What holds for all tests."""

import os

# Coverage sees only what the interpreter runs. That the compiled parser gives the same is a test.
os.environ.setdefault("ZHIBIAO_COMPILED", "0")
