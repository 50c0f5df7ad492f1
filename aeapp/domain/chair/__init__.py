"""What the chair goes by: protocols, phases, lists before the dose and before leaving."""
