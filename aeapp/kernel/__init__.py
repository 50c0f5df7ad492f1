"""What every layer may use: errors, identifiers, clock, log, translation marks."""
