"""The command line: one module a command. It runs without Qt and without a screen.

Exit codes: 0 done; 1 the answer is no; 2 wrong use; 3 it could not.
"""
