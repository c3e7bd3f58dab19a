"""Where retrieval stops: values chosen on judged questions by ``python -m search.calibrate``.

A new model or new judged questions ask for a new calibration; nothing else depends on the scale of
a model's scores.
"""

from __future__ import annotations

# A question is about something else if no passage is this near to it nor covers this share of its
# words.
LEAST_COSINE = 0.25
LEAST_COVERAGE = 0.4
# Of the rest, entities under this share of the best score are no answer to a plain search …
SHARE_OF_BEST = 0.35
# … nor, where a list is asked for or a theme is summed, those under this share.
LIST_SHARE = 0.8
# A text that covers this share of a topic's words says it in so many words.
LITERAL = 0.9
