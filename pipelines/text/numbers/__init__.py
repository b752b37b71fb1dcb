"""Numerals: where they are, their values, units and modifiers, and why some are no figures.

What can be told from a number and the characters around it belongs here. What it measures does not:
see `binding`.
"""
