"""FHIR R4 (4.0.1): a case as a Bundle of resources, and what of a case R4 has no place for."""
