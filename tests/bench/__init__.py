"""How fast the portal is beside the least code that could do the same: ``python -m tests.bench``.

The portal and a bare application of the same stack (``limite``) run under the same server, with the same number of
processes, the same kind of database and the same data, and are measured in turn, A B A B. What counts is the ratio
of the two: absolute numbers say something of the machine only. Nothing here is collected by pytest: a timing is not
a test. Loopback only; every measure is bounded in count or in time.
"""
