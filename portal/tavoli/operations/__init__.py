"""Writing percorsi and tavoli (``percorsi``), who takes part, contributions, what a tavolo gives back. Never commits."""
