"""The life of a report in the window: steps, signature, versions, differences, questions."""
