"""The network: guarded connections, polite requests, answers read only as far as they may cost."""
