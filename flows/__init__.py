"""Prefect flows, the command line and the network: when, in what order, what on failure."""
