"""WHAT: the events of a dispute, who takes part, whether they happened, and who else pays."""
