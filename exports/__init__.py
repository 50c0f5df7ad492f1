"""The documents: the only package that knows PDF and XML."""
