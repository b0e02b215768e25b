"""Sedute: the sittings of the bodies, from the agenda to the desk where they are minuted.

A sitting is prepared, convened with a protocol number, opened, minuted live and closed; what it decides is numbered by
body and year, without gaps. Bodies, seats and quorum are ``organi``'s.

Words: punto (an item of the agenda), convocato (who is called), movimento (somebody comes in or goes out), banco (the
desk where a sitting is minuted), votazione (a vote, counted), decisione (what was decided, with its number).
"""
