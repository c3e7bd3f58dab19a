"""The web and command-line edge: HTTP in, one call of ``kg`` or ``search``, HTTP out."""
