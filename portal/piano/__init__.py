"""Piano Sociale di Zona: cycles, service sheets, money by year and fund, and the identities that must hold.

Words: ciclo (the triennium), scheda (service sheet), intervento (what a sheet offers), annualità (a sheet's
year), riga (year x fund: the budget line money is bound to), fondo, controllo (a named identity of domain.md
4.5), segnalazione (a comparison that does not hold), gravità (error, warning, rounding, note).
Three values are kept apart everywhere: an amount, zero, and not stated (None).
"""
