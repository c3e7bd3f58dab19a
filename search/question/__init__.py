"""How a question is read: one module for each thing that its wording can say.

A reader takes a :class:`~search.question.text.Text`, returns what it has understood and blanks it
out; what no reader claims is the topic. :mod:`search.understand` calls them in order.
"""
