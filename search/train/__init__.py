"""Makes the embedded model, ``search/model``, from a dictionary and sentence pairs.

For developers: ``make model DATA=folder`` runs it in an environment of its own; nothing that
serves or searches imports it. ``pipeline`` says what is done in which order.
"""
