"""What only a drawn page shows: sizes of titles inside people's texts, widths on a narrow telephone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from portal.proposte.models import CategoriaCosto, Voce
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.percorsi.conftest import con_password

GRANDEZZE = """() => {
  for (const parte of document.querySelectorAll("main details")) parte.open = true;
  const misura = (e) => parseFloat(getComputedStyle(e).fontSize);
  const titoli = (scelta) => [...document.querySelectorAll(scelta)].map(misura);
  return {
    testo: Object.fromEntries(["h2", "h3", "h4"].map((h) => [h, Math.max(0, ...titoli(`main .testo-ricco ${h}`))])),
    pagina: Math.min(...titoli("main h1")),
    sezione: Math.min(...titoli("main section > h2.h3, main .col-lg-9 > h2.h3")),
    parola: misura(document.querySelector("main .testo-ricco p")),
  };
}"""


@pytest.fixture
def scena(nel_sito: Any) -> dict[str, Any]:
    with nel_sito():
        ambito = fabbrica.ambito()
        avviso = fabbrica.avviso(ambito, testo="## Finalità\n\nProgettare.\n\n### Come\n\nInsieme.")
        ente = fabbrica.ente()
        persona = con_password(fabbrica.utente(Ruolo.COMPILATORE, ente=ente))
        bozza = fabbrica.proposta(avviso, ente, persona, richiesto="120000.50")
        bozza.voci.append(
            Voce(
                ambito_id=ambito.id, ordine=2, categoria=CategoriaCosto.APPORTI, descrizione="Rimborsi documentati",
                richiesto=Decimal(0), quota_propria=Decimal("107900.00"),
            )
        )  # fmt: skip
        return {
            "avviso": f"/{ambito.slug}/avvisi/{avviso.slug}",
            "quadro": f"/ente/proposte/{bozza.id}/quadro",
            "email": persona.email,
        }


@pytest.mark.parametrize("larghezza", [1280, 390])
def test_i_titoli_di_un_testo_non_superano_quelli_della_pagina(scena: dict[str, Any], persona: Any, larghezza: int) -> None:
    cittadino = persona()
    cittadino.apri(scena["avviso"])
    cittadino.pagina.set_viewport_size({"width": larghezza, "height": 900})
    misure = cittadino.pagina.evaluate(GRANDEZZE)
    assert misure["sezione"] > misure["testo"]["h3"] > misure["testo"]["h4"] >= misure["parola"]
    cittadino.apri("/pagine/note-legali")
    cittadino.pagina.set_viewport_size({"width": larghezza, "height": 900})
    note = cittadino.pagina.evaluate(GRANDEZZE.replace("sezione:", "// "))
    assert note["pagina"] > note["testo"]["h2"] == misure["sezione"]


@pytest.mark.parametrize("lingua", ["it", "en"])
def test_il_quadro_economico_sta_in_un_telefono_stretto(scena: dict[str, Any], persona: Any, lingua: str) -> None:
    compilatore = persona(scena["email"])
    compilatore.apri(f"{scena['quadro']}?lingua={lingua}")
    compilatore.non_trabocca(390, 320)
