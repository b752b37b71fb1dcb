"""The one entry point that Dagster loads: whatever stands in `defs/`, and nothing else."""

import warnings
from pathlib import Path

from pipelines import lexicon
from pipelines.errors import ExtraMissingError

try:
    import dagster as dg
except ModuleNotFoundError as error:
    raise ExtraMissingError("dagster") from error

import pipelines.defs


@dg.definitions
def defs() -> dg.Definitions:
    """All assets, checks, jobs and resources of the project.

    Raises:
        SeedError: the vocabulary cannot be used; no run would do better.
    """
    lexicon.validate()
    # From the module itself: an installed package has no pyproject.toml to find it by.
    tree = dg.ComponentTree.from_module(pipelines.defs, project_root=Path(__file__).parents[1])
    with warnings.catch_warnings():
        # The loader warns of itself.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        warnings.simplefilter("ignore", dg.BetaWarning)
        return tree.build_defs()
