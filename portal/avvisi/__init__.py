"""Avvisi: public calls of an Ambito to the Third Sector (D.Lgs. 117/2017 art. 55 c. 3; DM 72/2021 §3).

Words: avviso (the call), lotto, requisito (what an ente must have), criterio (what a proposal is judged by, with a
weight; weights sum to 100 and price is never one), documento richiesto, dichiarazione (what the legal
representative declares), termine (the second after which nothing is received), RUP (official in charge,
L. 241/1990 artt. 4-6).
"""
