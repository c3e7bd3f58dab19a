"""The vocabulary of budgetkg: ontology, code lists, shapes and what is generated from them."""
