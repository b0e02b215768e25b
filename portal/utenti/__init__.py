"""Utenti: people who log in, what they are (ruolo x ente? x ambito?), their sessions.

Words: ruolo (one row: a user is this, for that ente or that Ambito), sessione (one device logged in, revocable),
recupero (a link by mail to set a new password). Personal data held: e-mail and name of representatives and
staff (domain.md 1.9); never of the people the services are for.
"""
