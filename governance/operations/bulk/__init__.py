"""Many records at once: what the operations would have written one by one, written table by table. See decision 94."""
