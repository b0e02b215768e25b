"""Home pages, search across Ambiti, the product's own pages, /verifica, /salute, «Esci subito», the office's desk.

Words: scrivania (where each role finds its work), fonte (a function that says what there is to do), ricevuta (what
/verifica checks), messaggio (a letter of the outbox), registro (what was done, by whom: the audit chain).
"""
