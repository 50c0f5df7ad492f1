"""What asks a person something before work goes on, and tells how it went."""
