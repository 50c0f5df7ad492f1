"""What helps a person to assess an event: criteria, points, intervals; nothing here decides."""
