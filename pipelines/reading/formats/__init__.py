"""Files of any format to documents: one module a format, chosen by `registry`. Pure.

Each module has a function `read(data, file_name, limits)` that yields documents, and parts that
were refused. A new format is such a module and a line of the registry.
"""
