"""Bytes of a report file to clean Simplified text with an offset map back to the raw text. Pure."""
