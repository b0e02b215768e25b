"""Ambiti territoriali sociali: groups of comuni that plan social services together (L. 328/2000 art. 8).

Words: ambito (the group), capofila (the lead comune), comune, popolazione by age class, festività locali
(patron saint of the capofila), impostazioni (settings with a default, domain.md 1.11 and §9).
"""
