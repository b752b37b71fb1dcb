"""Corpora of tests, with the settings of the environment but for what a test says."""

from __future__ import annotations

from pipelines.components.corpus import Corpus
from pipelines.settings import settings_with


def corpus(name: str = "reports", **said: object) -> Corpus:
    return Corpus(name, settings_with({key: str(value) for key, value in said.items()}))
