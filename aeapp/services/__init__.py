"""Use cases: sentences about the clinic's work. They reach the outside through ports."""
