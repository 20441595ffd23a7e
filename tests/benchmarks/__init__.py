"""Benchmarks: speeds and rates that anyone can measure again. Each prints its figures; none is a test."""
