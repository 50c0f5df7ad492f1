"""What every picture needs."""

from tests.helpers.collecting import garbage_on_the_main_thread

__all__ = ["garbage_on_the_main_thread"]
