"""Organi: bodies that meet (Coordinamento Istituzionale, Cabina di Regia, tavoli, assemblies by quotas), as data.

Who sits, when a sitting is valid, how a vote passes and how a body is convened are settings of each body; the
arithmetic is here, in ``rules``, as pure functions.

Words: organo (the body), seggio (a seat, for a category or an ente), mandato (a person on a seat, from a day to
another), seduta (a sitting), componente (whoever sits on a seat that day), delega (sitting for somebody else),
quorum (numero legale), preavviso (notice).
"""
