"""A corpus as its Dagster objects know it: its name, of which theirs are made, and its settings."""

from __future__ import annotations

from dataclasses import dataclass

import dagster as dg

from pipelines.settings import Settings

# Who is named in the UI as answerable: a team there, or an e-mail address.
OWNERS = ["team:data-engineering"]
FILES_REFUSED = "files_refused"  # the check that lists the files that could not be read


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of reports and the warehouse that is made of it."""

    name: str  # letters, digits and underscores
    settings: Settings  # those of the environment, but for what the corpus says itself

    def key(self, asset: str) -> dg.AssetKey:
        """The key of an asset: `reports/documents`."""
        return dg.AssetKey([self.name, asset])

    def group(self, kind: str) -> str:
        """The name of a group of assets: `reports_staged`."""
        return f"{self.name}_{kind}"

    @property
    def published(self) -> dg.AssetKey:
        """The file that everyone reads."""
        return self.key("warehouse_published")

    @property
    def build(self) -> dg.AssetKey:
        """The new file, until it is published."""
        return self.key("warehouse_build")

    @property
    def refused(self) -> dg.AssetCheckKey:
        """The check that lists the files that could not be read."""
        return dg.AssetCheckKey(self.key("rejects"), FILES_REFUSED)

    @property
    def places_key(self) -> str:
        """The resource that knows where a run reads and writes."""
        return f"{self.name}_places"

    @property
    def parquet_key(self) -> str:
        """The IO manager of the staged tables."""
        return f"{self.name}_parquet"

    @property
    def pool(self) -> str:
        """The pool of the steps that write: one at a time."""
        return f"{self.name}_warehouse"

    @property
    def job(self) -> str:
        """The job that loads it all."""
        return f"load_{self.name}"
