"""Threads and hand-over: listening, painting and showing, and the events that pass between them."""
