"""The same work done by other libraries; they are no part of the lock: see `--peers`."""
