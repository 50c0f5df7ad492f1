"""The page of a report on which its events are assessed, question by question."""
