def valuta(avviso, proposte, *, responsabile, commissari):
    return None
