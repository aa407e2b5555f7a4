"""WHO SAYS: source, cue, content; quote type; speaker; authority; via; certainty; likelihood; kind of document."""
