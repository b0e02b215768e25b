"""Guida ai servizi: one page per service, in plain Italian, in the order of the municipal model (domain.md 5.1).

Words: servizio (a page), in breve (four answers first), sede, contatto, argomento, parole (what people type when
they look for it), verifica (who last checked the page, and by when it must be checked again), protetto (a page on
violence: carries «Esci subito»).
"""
