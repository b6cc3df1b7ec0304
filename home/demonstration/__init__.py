"""The demonstration: two years in the life of a council that does not exist, replayed through the operations people use."""
