"""What other systems are given of a guide: open data, structured data, FHIR, look-up by code."""
