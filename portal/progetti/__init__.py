"""Progetti: an approved proposal bound to the budget lines of the plan (D.Lgs. 117/2017 art. 55; L. 241/1990 art. 11).

Words: progetto (what the proposal becomes), contributo (the approved amount), impegno (a part of it bound to a
line, year x fund), residuo (programmed minus bound), sforamento (more than the residual: only the Responsabile may
accept it, with a written reason that stays visible).
"""
