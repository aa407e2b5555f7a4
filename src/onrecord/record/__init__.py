"""The record: one SQLite file that keeps captures, readings, findings, problems and judgements.

This is the only room that knows SQL. Rooms before it are pure; the command line and the page read through
``queries``.
"""
