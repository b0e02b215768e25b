"""Verbali: the minute of a sitting, from the draft composed of its data to the published, numbered, verifiable copy.

Words: verbale (minute), osservazione (what a member asks to change, within the term), approvazione (by an item of a later
sitting), originale (the PDF frozen when approved), firma (the signed copy of that very file), omissis (what the published
copy leaves out: the original keeps it), rettifica (a later numbered decision that corrects it). D.Lgs. 267/2000 artt. 38 and
97, c. 4, lett. a) for local bodies; artt. 22-23 D.Lgs. 82/2005 for copies; domain.md 3.5.
"""
