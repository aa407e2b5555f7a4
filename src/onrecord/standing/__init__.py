"""WHERE: the state of the talks in one document and over time, the chronology, and the strike clock."""
