"""Benchmarks: each measure side by side with its peer in one run, written to bench/results.md. Never a timed test."""
