"""Italian words brought to their root, the same way for both databases (``portal.search`` stores the roots).

The Snowball stemmer does not join all the forms of a word: «anziano» and «anziani», «familiare» and
«familiari» get different roots, while «casa» and «caso» get the same (libraries.md T1). ``_FAMIGLIE`` mends the words of
the field; the table of the forms that must meet, and of those that must not, is in the tests of the search.

People do not search with the words of the offices: ``gruppi`` adds to each everyday word or phrase the
official ones («badante» also finds «assistenza domiciliare»). None of it is shown, so none is translated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import Stemmer

MAX_DOMANDA = 400
MAX_GRUPPI = 10
MAX_GETTONE = 40

Alternativa = tuple[str, ...]
Gruppo = tuple[Alternativa, ...]

_SIGLA = re.compile(r"\b(?:\w\.){2,}")
_PREFISSI = "co|socio|psico|multi|inter|intra|extra|pre|post|neo|tele|anti|semi|ri|auto"
_TRATTINO = re.compile(rf"\b({_PREFISSI})[-‐–](?=\w)")
PAROLA = re.compile(r"[^\W_]+")

_TESTO_VUOTE = """
abbiamo ad agli ai al all alla alle allo anche ancora avere avete bisogno cerca cercare cerco che chi
chiedere chiedo ci cioe col come con cosa cui da dagli dai dal dall dalla dalle dallo degli dei del dell
della delle dello deve devi devo di dobbiamo dove dovrei ed era erano essere fa faccio fare gia gli ha hai
hanno ho il in io la le lei li lo loro lui ma me mi mia mie miei mio molto ne negli nei nel nell nella nelle
nello no noi non nostra nostre nostri nostro od ogni oppure per perche piu po poi posso possono puo qual
quale quali quando quanta quante quanti quanto quella quelle quelli quello questa queste questi questo qui
sapere se sei serve servono si siamo siete so sono sta sto su sua sue sugli sui sul sull sulla sulle sullo
suo suoi tra trovare trovo tu tua tue tuo tuoi tutte tutti tutto un una uno va vado vi voglio voi vorrei
vostra vostre vostri vostro vuole
"""
VUOTE = frozenset(_TESTO_VUOTE.split())

# root, then what ends its forms: a letter each, or longer endings separated by «/»
_FAMIGLIE = """
anzian:o/i/a/e montan:o/i/a/e lontan:o/i/a/e metropolitan:o/i/a/e roman:o/i/a/e toscan:o/i/a/e african:o/i/a/e
american:o/i/a/e veteran:o/i telefon:o/i abbandon:o/i person:a/e/ale/ali pover:o/i/a/e/ta liber:o/i/a/e
familiar:e/i domiciliar:e/i alimentar:e/i particolar:e/i regolar:e/i popolar:e/i titolar:e/i circolar:e/i
cellular:e/i militar:e/i salutar:e/i scolar:e/i tesser:a/e letter:a/e camer:a/e oper:a/e carcer:e/i gener:e/i
parer:e/i poter:e/i minoranz:a/e maggioranz:a/e
ent:e/i ann:o/i vi:a/e urgen:te/ti/za/ze minor:e/i/enne/enni student:e/i/essa/esse
dottor:e/i/essa/esse ingegner:e/i uom:o/ini psichiatr:a/i/e/ico/ica/ici/iche
geriatr:a/i/e/ico/ica/ici/iche pediatr:a/i/e/ico/ica/ici/iche ambulator:io/i laborator:io/i osservator:io/i
cas@a:a/e cas@o:o/i comunit:a sed@e:e/i sedut:a/e mar@e:e marit:o/i famigl:ia/ie volontariat:o/i
part@e:e/i part@o:o post@o:o post@a:a/e cors@o:o/i cors@a:a/e pen@a:a/e
"""
_IERE = re.compile(r"(.{2,}ier)[aeio]")
_IANO = re.compile(r"(.{2,}ian)[aeio]")

# everyday words or phrases = what the offices call it; commas separate alternatives
_SINONIMI = """
badante, colf = assistenza domiciliare, assistenza familiare
handicap, handicappato, invalido, cieco, sordo, carrozzina, sedia a rotelle, autismo = disabilità
legge 104, 104 = disabilità
non autosufficiente = disabilità, assistenza domiciliare
nonno, vecchio, vecchiaia, terza età = anziano
alzheimer = demenza, anziano
demenza = alzheimer
casa di riposo, ospizio, rsa, ricovero = struttura residenziale, residenza anziani
violenza, botte, picchia, picchiare, maltratta, maltrattamento, stalking, minaccia = antiviolenza, violenza
paura = antiviolenza, violenza, ascolto
casa = alloggio, abitazione, abitare, affitto
affitto = alloggio, abitazione
sfratto, sfrattato = emergenza abitativa, alloggio, abitazione
casa popolare = alloggio, edilizia residenziale
senza casa, senza tetto, senzatetto, barbone, dormire, dormo = senza dimora, dormitorio, accoglienza notturna
soldi, fine mese, bolletta, debito, affamato = contributo economico, sostegno economico, povertà
povero = contributo economico, sostegno economico, povertà
spesa, cibo, mangiare, fame, pacco = mensa, aiuto alimentare, pacco alimentare, emporio
asilo = nido, prima infanzia
nido = asilo, prima infanzia
permesso di soggiorno = straniero, immigrato, migrante
extracomunitario, straniero, immigrato, migrante, profugo, rifugiato = straniero, immigrato, migrante
lavoro, disoccupato, disoccupazione, licenziato = lavoro, occupazione, inserimento lavorativo, tirocinio
droga, tossicodipendente, alcol, alcolista, ubriaco, gioco d'azzardo, ludopatia = dipendenza
depressione, depresso, ansia, sto male, psichiatra = salute mentale, psicologo, ascolto
separazione, separato, divorzio, divorziato = mediazione familiare, consultorio
incinta, gravidanza, aborto, partorire, bebè, neonato = consultorio, gravidanza, maternità
compito, doposcuola = sostegno scolastico, doposcuola
centro estivo, campo estivo, campo solare, grest = centro estivo, vacanza
pulmino, taxi, accompagnare, accompagnamento = trasporto sociale, accompagnamento
assistente sociale = servizio sociale, segretariato sociale
reddito di cittadinanza, rdc, adi = assegno di inclusione
bambino, figlio = minore, infanzia
ragazzo, adolescente = minore, giovane
mamma = madre, maternità, genitore
papà = padre, genitore
tutore, interdizione = amministratore di sostegno
carcere, detenuto, galera = carcere, detenuto
prostituzione, tratta = tratta, prostituzione
gay, lesbica, trans, lgbt, omofobia, razzismo = discriminazione
onlus = terzo settore, ets
bando = avviso
"""


def normalizza(testo: str) -> str:
    """Lower case, no accents; ``I.S.E.E.`` becomes ``isee`` and ``co-progettazione`` one word."""
    scomposto = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", testo).casefold())
    senza = "".join(c for c in scomposto if not unicodedata.combining(c))
    uniti = _SIGLA.sub(lambda trovata: trovata.group().replace(".", "") + " ", senza)
    return _TRATTINO.sub(r"\1", uniti)


def parole(testo: str) -> Iterator[tuple[str, str]]:
    """The words that count, each with its root; single letters and empty words are left out."""
    for parola in PAROLA.findall(normalizza(testo)):
        if parola not in VUOTE and (len(parola) > 1 or parola.isdigit() or not parola.isascii()):
            yield parola, radice(parola)


def radici(testo: str) -> list[str]:
    """The roots of ``testo`` in order, repeated as often as they occur; each is plain ``[a-z0-9]+``."""
    return [radice for _parola, radice in parole(testo)]


@lru_cache(50_000)
def radice(parola: str) -> str:
    """The root of one normalised word, in letters and digits that no database takes apart.

    PostgreSQL's parser would read «3e4d» as a number and a letter, and each database has its own idea of
    what a letter is outside ASCII: those words are marked and spelled in hexadecimal.
    """
    if not parola.isascii():
        return f"u{parola.encode().hex()}"[:MAX_GETTONE]
    if parola[0].isdigit():
        return f"n{parola}"[:MAX_GETTONE]
    if trovata := _famiglie().get(parola):
        return trovata
    for regola in (_IERE, _IANO):
        if trovato := regola.fullmatch(parola):
            return trovato.group(1)[:MAX_GETTONE]
    return str(_stemmer().stemWord(parola))[:MAX_GETTONE]


def gruppi(testo: str) -> list[Gruppo]:
    """What a query asks for: all the groups; of a group, any alternative; of an alternative, all its roots."""
    chieste = list(dict.fromkeys(radici(testo[:MAX_DOMANDA])))[:MAX_GRUPPI]
    trovati: list[Gruppo] = []
    while chieste:
        quante = next((n for n in (3, 2, 1) if tuple(chieste[:n]) in _sinonimi()), 1)
        frase = tuple(chieste[:quante])
        trovati.append(tuple(dict.fromkeys((frase, *_sinonimi().get(frase, ())))))
        del chieste[:quante]
    return trovati


@cache
def quotidiane() -> dict[str, str]:
    """The words that ``gruppi`` knows, normalised, each with the way it is written: for who misspells them."""
    scritte = PAROLA.findall(_SINONIMI)
    return {normalizza(scritta): scritta for scritta in scritte if normalizza(scritta) not in VUOTE}


def suono(parola: str) -> str:
    """How a normalised word sounds, roughly: «handycap» is «handicap», «anzziani» is «anziani»."""
    parola = parola.replace("ph", "f").replace("ck", "k").translate(_SUONI)
    return re.sub(r"(.)\1+", r"\1", parola)


_SUONI = str.maketrans({"h": None, "y": "i", "j": "i", "k": "c", "w": "v", "q": "c"})


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("italian")


@cache
def _famiglie() -> dict[str, str]:
    """Form to root. After «@» comes a letter that keeps two families apart: «casa» is not «caso»."""
    forme = {}
    for voce in _FAMIGLIE.split():
        tema, _, desinenze = voce.partition(":")
        inizio, _, distingue = tema.partition("@")
        for desinenza in desinenze.split("/"):
            forme[inizio + desinenza] = inizio + distingue
    return forme | {"mediatrice": "mediator", "mediatrici": "mediator"}


@cache
def _sinonimi() -> dict[Alternativa, tuple[Alternativa, ...]]:
    tabella = {}
    for riga in _SINONIMI.strip().splitlines():
        frasi, _, nomi = riga.partition("=")
        ufficiali = tuple(tuple(radici(nome)) for nome in nomi.split(","))
        for frase in frasi.split(","):
            tabella[tuple(radici(frase))] = ufficiali
    return tabella
