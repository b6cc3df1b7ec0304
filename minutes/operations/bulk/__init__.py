"""The minutes of many meetings at once, whether they are imported or generated. See decision 94."""
