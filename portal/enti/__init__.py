"""Enti: bodies of the Third Sector (ETS, D.Lgs. 117/2017 art. 4) and the others that sit at the table.

Words: ente, RUNTS (the national register, art. 45), repertorio (its number), sezione (art. 46), rilevazione (what
the register said of an ente on a date), attività di interesse generale (the letters of art. 5), persone
(rappresentante legale, delegato with procura, compilatore who writes but cannot submit).
"""
