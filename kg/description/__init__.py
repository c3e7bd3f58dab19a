"""What is shown of a resource or a list of them: labels, facts in order, places, findings.

``describe`` and ``listings`` ask the engine, ``entity`` says what comes back, and
``presentation.toml`` holds the order of properties and the columns of tables.
"""
