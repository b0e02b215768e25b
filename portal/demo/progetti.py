def lega(esito, *, responsabile):
    return None
