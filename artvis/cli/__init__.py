"""The command line: one file a group of commands; parses, calls one composition of `app`, prints."""
