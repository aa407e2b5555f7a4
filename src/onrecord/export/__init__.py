"""SHOW, for machines: readings, the record, PolNeAR attributions, and tables for a spreadsheet."""
