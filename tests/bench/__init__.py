"""Timings of the program beside floors measured in the same run; ``make bench`` prints them."""
