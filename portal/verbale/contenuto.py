"""The content of a minute, composed from the rows of its sitting; as it was approved, once it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from babel.numbers import format_decimal

from ..clocks import a_roma
from ..i18n import _, in_italiano
from ..sedute import queries as sedute
from ..sedute.models import Punto, Seduta, StatoPunto, Votazione
from ..sedute.models import Voto as Scelta
from ..sedute.queries import ChiSiede
from ..sedute.rules import parole
from ..sedute.rules.agenda import numera
from ..sedute.rules.convocazione import RegolaPreavviso, preavviso
from ..sedute.rules.presenze import Movimento as Passaggio
from ..sedute.rules.presenze import mancanze, presenze
from ..sedute.rules.scrutinio import PALESI
from .models import GenereParte, Parte, Verbale
from .rules import composizione
from .rules.contenuto import Contenuto, Deciso, Orario, Presenza, PuntoDetto, SenzaVoto, Uscito, Voto, leggi

__all__ = ["componi", "contenuto", "testi_d_avvio"]

Nomi = Mapping[int, str]
"""Seat -> whom it stands for."""


def contenuto(verbale: Verbale) -> Contenuto:
    """The minute as it stands: composed now, or as it was approved. Needs ``queries.intero``."""
    if verbale.fissato:
        return leggi(verbale.fissato)
    testi = {p.punto_id: p.testo for p in verbale.parti if p.genere == GenereParte.PUNTO}
    fatto = componi(verbale.seduta, anno=verbale.anno, numero=verbale.numero, testi=testi)
    premessa, chiusura = (_testo(verbale.parti, g) for g in (GenereParte.PREMESSA, GenereParte.CHIUSURA))
    return replace(fatto, sommario=verbale.sommario, premessa=premessa, chiusura=chiusura)


def _testo(parti: list[Parte], genere: GenereParte) -> str:
    return next((p.testo for p in parti if p.genere == genere), "")


@in_italiano()
def testi_d_avvio(seduta: Seduta, *, anno: int, numero: int) -> tuple[str, str]:
    """How a minute begins and ends before anybody touches it."""
    fatto = componi(seduta, anno=anno, numero=numero, testi={})
    presiede = next((c for c in seduta.convocati if c.seggio.presiede), None)
    chi = presiede.delegato or presiede.seggio.rappresenta if presiede else ""
    return composizione.premessa(fatto, chi), composizione.chiusura(fatto)


@in_italiano()
def componi(seduta: Seduta, *, anno: int, numero: int, testi: Mapping[int | None, str]) -> Contenuto:
    """The facts of a closed sitting, with the text of each item by its id. Needs ``sedute.queries.intera``; one more."""
    assert seduta.aperta_il is not None
    assert seduta.chiusa_il is not None
    assert seduta.convocata_il is not None
    organo = seduta.organo
    chi = sedute.chi_siede([c.seggio_id for c in seduta.convocati], a_roma(seduta.inizio).date())
    nomi = {c.seggio_id: c.seggio.rappresenta for c in seduta.convocati}
    inizio, fine = (sedute.stato_della_sala(seduta, ora) for ora in (seduta.aperta_il, seduta.chiusa_il))
    numeri = numera(seduta.punti)
    regola = RegolaPreavviso(organo.preavviso_giorni, organo.preavviso_ore)
    return Contenuto(
        organo=organo.nome, anno=anno, numero=numero, giorno=seduta.aperta_il, seconda=seduta.in_seconda,
        aperta=seduta.aperta_il, chiusa=seduta.chiusa_il, luogo=seduta.luogo, protocollo=seduta.protocollo,
        convocata=seduta.convocata_il,
        preavviso=preavviso(seduta.convocata_il, seduta.inizio, regola, urgente=seduta.urgente),
        presenti=inizio.conto.presenti, componenti=inizio.conto.componenti, servono=inizio.conto.servono or None,
        senza_numero_legale=tuple(
            Orario(i.dalle, i.alle) for i in mancanze(fine.momenti, aperta_alle=seduta.aperta_il)
        ),
        segreteria=seduta.segreteria,
        presenze=tuple(_presenti(seduta, chi)),
        senza_voto=tuple(SenzaVoto(i.chi, str(parole.CLASSI[i.classe])) for i in seduta.invitati if i.presente),
        sommario="",
        premessa="",
        punti=tuple(_punto(seduta, p, numeri[p.id], nomi, testi.get(p.id, "")) for p in seduta.punti),
        chiusura="",
    )  # fmt: skip


def _presenti(seduta: Seduta, chi: Mapping[int, ChiSiede]) -> list[Presenza]:
    """Every seat that was called, in the order of the body, with the times it was taken."""
    validi = sedute.movimenti_validi(seduta)
    orari = presenze(Passaggio(m.seggio_id, m.ora, m.verso) for m in validi)
    supplenti = {m.seggio_id for m in validi if m.supplente}
    trovate = []
    for c in sorted(seduta.convocati, key=lambda c: c.seggio.ordine):
        siede = chi.get(c.seggio_id)
        qualita = ", ".join(t for t in (siede.nome, siede.qualita) if t) if siede else _("posto vacante")
        if siede and siede.supplente and c.seggio_id in supplenti:
            qualita = _("%(chi)s, supplente", chi=siede.supplente)
        suoi = tuple(Orario(i.dalle, i.alle) for i in orari.get(c.seggio_id, ()))
        trovate.append(Presenza(c.seggio.rappresenta, qualita, c.delegato, c.seggio.voto, suoi))
    return trovate


def _punto(seduta: Seduta, p: Punto, numero: str, nomi: Nomi, testo: str) -> PuntoDetto:
    quando = p.votazioni[0].ora if p.votazioni else p.aperto_il
    sala = sedute.stato_della_sala(seduta, quando, punto=p) if quando else None
    return PuntoDetto(
        numero=numero, titolo=p.titolo, relatore=p.relatore,
        esito="" if p.stato == StatoPunto.TRATTATO else str(parole.PUNTI[p.stato]),
        dalle=p.aperto_il, alle=p.chiuso_il, presenti=len(sala.votanti) if sala else None, testo=testo,
        usciti=tuple(Uscito(nomi[c.seggio_id], c.motivo) for c in p.conflitti),
        voti=tuple(_voto(v, nomi) for v in p.votazioni),
        decisioni=tuple(Deciso(f"{d.anno}/{d.numero}", d.testo, d.eseguibile) for d in p.decisioni),
    )  # fmt: skip


def _voto(v: Votazione, nomi: Nomi) -> Voto:
    palesi = v.nomi if v.modo in PALESI else []
    return Voto(
        oggetto=v.oggetto, modo=str(parole.MODI[v.modo]), regola=v.regola, verdetto=_verdetto(v), approvata=v.approvata,
        presenti=v.presenti, favorevoli=v.favorevoli, contrari=v.contrari, astenuti=v.astenuti, quote=_quote(v),
        contro=tuple(nomi[n.seggio_id] for n in palesi if n.voto == Scelta.CONTRARIO),
        si_astengono=tuple(nomi[n.seggio_id] for n in palesi if n.voto == Scelta.ASTENUTO),
    )  # fmt: skip


def _verdetto(v: Votazione) -> str:
    """The outcome in words; a tie decided by who presides says so, because it is the reason of the outcome."""
    if not v.approvata:
        return _("Non approvata")
    if v.favorevoli == v.presenti:
        return _("Approvata all’unanimità")
    parita = v.favorevoli == v.contrari and v.prevale_presidente
    return _("Approvata: a parità di voti prevale chi presiede") if parita else _("Approvata a maggioranza")


def _quote(v: Votazione) -> str:
    """«favorevoli 81,92, contrari 0, astenuti 9,52, su 100»; empty where quotas are not known."""
    if v.quota_favorevoli is None:
        return ""
    return _(
        "favorevoli %(si)s, contrari %(no)s, astenuti %(as)s, su %(base)s",
        si=_due(v.quota_favorevoli),
        no=_due(v.quota_contrari),
        base=_due(v.quota_componenti),
        **{"as": _due(v.quota_astenuti)},
    )


def _due(quota: Decimal | None) -> str:
    return format_decimal(quota or Decimal(0), format="#,##0.##", locale="it")
