"""Dati dimostrativi: the real plan of Casarano and the call of Gagliano, with example enti and accounts.

Everything made up is marked as an example (``esempio``) and says so on the page. Loaded through the same
operations that people use, so that what the demonstration shows is what the portal does.
"""
