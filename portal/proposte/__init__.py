"""Proposte: what an ente answers to an avviso, from the first draft to the receipt.

Words: sezione (a part of the task list, saved on its own and by several people), voce (a cost line), quadro
economico (requested contribution + own share), allegato, dichiarazione, presentazione (by the legal
representative or a delegate with procura), ricevuta (number without gaps per Ambito and year, fingerprint,
code that anyone can check at /verifica). After ``presentata`` the content is frozen (domain.md 1.2).
"""
