"""What treatment did, computed from the records: benefit beside harm, with every denominator."""
