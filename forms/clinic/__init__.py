"""The pages of the place Clinic: what the clinic sets for itself."""
