"""AEApp without a face: records, rules, services, storage, command line."""

__version__ = "0.1.0"
