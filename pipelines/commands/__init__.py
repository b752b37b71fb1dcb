"""The commands of `zhibiao`, one module each: arguments in, results out, the work done by others.

`pipelines.cli` names them and loads the one that is asked for. The module `NAME` has a function
`NAME`; its signature and docstring are the help. What several commands share is in `outcome`
and `json_lines`.
"""
