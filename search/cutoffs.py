"""Where retrieval stops: values chosen on judged questions by ``python -m search.calibrate``.

The rule: silence as many off-topic questions (data/off-topic.txt) as possible while at least 99 in
a hundred of the questions that retrieval answers right stay answered. The values below were chosen
so on the 113 questions on which the model was tuned and the 140 of data/queries/dev.jsonl: 0.990
of the right answers kept, 0.884 of the off-topic silenced; the lists of 133 questions about
projects agree with the judged ones best (mean F1 0.858) at the list share below. A new model or new
judged questions ask for a new calibration; nothing else depends on the scale of a model's scores.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Where retrieval stops.

    A question is about something else if for no passage its cosine plus *coverage_share* times the
    share of the question's words in it reaches *nearness*. Of the rest, entities under
    *share_of_best* of the best score are no answer to a plain search; nor, where a list is asked
    for or a theme is summed, those under *list_share*. A text that covers the share *literal* of a
    topic's words says it in so many words.
    """

    nearness: float = 0.46
    coverage_share: float = 0.9
    share_of_best: float = 0.35
    list_share: float = 0.87
    literal: float = 0.9


CHOSEN = Cutoffs()
