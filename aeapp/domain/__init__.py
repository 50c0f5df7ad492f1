"""What a case is: records, values, rules. Standard library only."""
