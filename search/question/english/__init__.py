"""Reads English questions by saying them in Chinese: the asking words, not the content."""
