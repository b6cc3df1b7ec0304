"""Faults that are known to happen on this stack, tried where no test of a part tries them. docs/faults.md lists them all."""
