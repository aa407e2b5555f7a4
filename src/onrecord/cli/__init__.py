"""SHOW, on the command line. Exit codes: 0 done; 1 an error, said in one line; 2 wrong usage; 3 done, but some of
what was named could not be read (each with its line under NOT KNOWN and in ``onrecord problems``)."""

from onrecord.cli.main import main

__all__ = ["main"]
