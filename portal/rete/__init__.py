"""Rete per l'inclusione e la protezione sociale: who reads needs, plans and checks beside the Ambito.

D.Lgs. 147/2017 art. 21. An ente asks to join in one of the categories that the Ambito has chosen; the office decides, with
a reason and an act.
The register of the members is public and answers for any day: it is the electoral roll of the ETS representatives
(domain.md 3.3).

Words: adesione (an ente's being in the Rete, from its request to its end), categoria (as what it sits there),
rappresentante (titolare, or delegato with a written proxy), recesso (the ente leaves), esclusione (it is put out).
"""
