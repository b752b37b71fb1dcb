"""What keeps generated files of this repository up to date. Not part of the package."""
