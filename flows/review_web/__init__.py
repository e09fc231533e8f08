"""The review page: the queue of `onrecord review` in a browser, on this machine only."""
