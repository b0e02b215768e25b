"""Valutazione: admissibility, commission, scores, ranking, outcome (domain.md 1.2, 1.8).

Words: ammissibilità (formal check, yes or no with a reason), commissione (odd number, appointed after the term),
seggio (a person's place in a commission), dichiarazione di assenza di conflitto (by organisation, before any file
opens: L. 241/1990 art. 6-bis), punteggio (points of one commissioner for one criterion, with a reason), graduatoria
(recomputed from the stored scores), esito (published).
"""
