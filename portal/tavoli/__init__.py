"""Tavoli tematici: the Ambito hears needs and proposals before it writes the plan (co-programmazione).

Art. 55 c. 2 D.Lgs. 117/2017: to find the needs to meet, the interventions they ask for, how to carry them out, the resources
there are. Artt. 1 and 3 L. 328/2000: enti and citizens take part. No ranking and no points: each contribution gets an answer
with its reason, and what is agreed becomes a priority that the sheets of the plan point to.

Words: percorso (the whole procedure, with its six phases), tavolo (a table on one or more areas), incontro (a day of its
calendar), partecipazione (an ente's request to sit there), contributo (what somebody writes, and the answer), restituzione
(what the tavolo gives back), priorita (what it gives back, point by point).
"""
