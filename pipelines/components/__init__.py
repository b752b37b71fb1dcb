"""Thin Dagster objects of one corpus of reports, made by the component `zhibiao.ReportCorpus`.

Which corpora there are is said by the YAML files in `defs/`; the work is done on the floors below.
"""

from pipelines.components.report_corpus import ReportCorpus

__all__ = ["ReportCorpus"]
