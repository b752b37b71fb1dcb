"""What this installation has: a folder for each corpus of reports, and what watches over all runs.

Every module and YAML file here is loaded by Dagster; what they are made of is in `components/`.
"""
