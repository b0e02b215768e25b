"""The checklist, the term and the requirements, with tables of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.avvisi import rules
from portal.avvisi.models import StatoAvviso, TipoAvviso, TipoRequisito
from portal.avvisi.rules import Fase, Riscontro
from portal.clocks import da_roma
from portal.enti.models import SezioneRunts, StatoRunts

pytestmark = pytest.mark.usefixtures("contesto")
TERMINE = da_roma(datetime(2026, 12, 18, 12, 0, 0))


@pytest.mark.parametrize(
    ("scarto", "dentro"),
    [
        (timedelta(seconds=-1), True),
        (timedelta(0), True),
        (timedelta(microseconds=999_999), True),
        (timedelta(seconds=1), False),
    ],
)
def test_l_ultimo_secondo_vale(scarto, dentro):
    assert rules.in_tempo(TERMINE + scarto, TERMINE) == dentro


@pytest.mark.parametrize(
    ("stato", "ora", "fase"),
    [
        (StatoAvviso.BOZZA, TERMINE, Fase.BOZZA),
        (StatoAvviso.PUBBLICATO, TERMINE, Fase.APERTO),
        (StatoAvviso.PUBBLICATO, TERMINE + timedelta(seconds=1), Fase.IN_VALUTAZIONE),
        (StatoAvviso.CHIUSO, TERMINE + timedelta(days=9), Fase.IN_VALUTAZIONE),
        (StatoAvviso.ESITO_PUBBLICATO, TERMINE + timedelta(days=90), Fase.CONCLUSO),
        (StatoAvviso.REVOCATO, TERMINE - timedelta(days=9), Fase.REVOCATO),
    ],
)
def test_la_fase_la_decide_anche_l_orologio(stato, ora, fase):
    assert rules.fase(stato, TERMINE, ora) == fase


@pytest.mark.parametrize(
    ("pubblicazione", "giorni", "proroga", "atteso"),
    [
        (date(2026, 11, 23), 30, True, datetime(2026, 12, 23, 12)),
        (date(2026, 11, 20), 30, True, datetime(2026, 12, 21, 12)),  # Sunday 20 -> Monday 21
        (date(2026, 11, 20), 30, False, datetime(2026, 12, 20, 12)),
        (date(2026, 11, 25), 30, True, datetime(2026, 12, 28, 12)),  # Christmas, St Stephen, Sunday -> Monday 28
        (date(2026, 3, 7), 30, True, datetime(2026, 4, 7, 12)),  # Easter Monday 6 April -> Tuesday
    ],
)
def test_il_termine_proposto_salta_i_festivi(pubblicazione, giorni, proroga, atteso):
    assert rules.termine_proposto(pubblicazione, giorni, festivi=(), proroga=proroga) == da_roma(atteso)


def test_il_patrono_sposta_il_termine():
    assert rules.termine_proposto(date(2026, 11, 23), 30, festivi={date(2026, 12, 23)}, proroga=True) == da_roma(
        datetime(2026, 12, 24, 12)
    )


def test_le_domande_si_chiudono_alla_stessa_ora_anche_col_cambio_dell_ora():
    dopo_il_cambio = da_roma(datetime(2026, 10, 28, 12))
    assert rules.chiarimenti_entro(dopo_il_cambio, 7) == da_roma(datetime(2026, 10, 21, 12))


COMPLETO = rules.DaPubblicare(
    tipo=TipoAvviso.COPROGETTAZIONE,
    testi=dict.fromkeys(rules.TESTI_OBBLIGATORI, "Testo scritto."),
    risorse_presenti=True,
    termine=TERMINE,
    pesi=[40, 25, 15, 10, 10],
    documenti=1,
    dichiarazioni=2,
    requisiti=[TipoRequisito.ISCRIZIONE_RUNTS],
    rup="Ufficio di Piano",
    atto="Determinazione n. 1",
)
ORA = TERMINE - timedelta(days=30)


def test_un_avviso_completo_si_puo_pubblicare():
    assert rules.pubblicabile(rules.lista_controllo(COMPLETO, ORA, 20))


@pytest.mark.parametrize(
    ("cambio", "voce"),
    [
        ({"pesi": [60, 39]}, "criteri"),
        ({"pesi": [60, 41]}, "criteri"),
        ({"pesi": []}, "criteri"),
        ({"testi": {}}, "testi"),
        ({"risorse_presenti": False}, "risorse"),
        ({"termine": None}, "termine"),
        ({"termine": ORA - timedelta(seconds=1)}, "termine"),
        ({"requisiti": []}, "requisiti"),
        ({"dichiarazioni": 0}, "dichiarazioni"),
        ({"rup": "  "}, "rup"),
        ({"atto": None}, "atto"),
    ],
)
def test_una_mancanza_alla_volta_ferma_la_pubblicazione(cambio, voce):
    voci = rules.lista_controllo(rules.DaPubblicare(**{**COMPLETO.__dict__, **cambio}), ORA, 20)
    assert [v.chiave for v in voci if v.bloccante and not v.a_posto] == [voce]


def test_un_termine_breve_avverte_ma_non_ferma():
    voci = rules.lista_controllo(COMPLETO, TERMINE - timedelta(days=10), 20)
    assert [v.chiave for v in voci if not v.a_posto] == ["congruo"]
    assert rules.pubblicabile(voci)


@pytest.mark.parametrize(
    ("testo", "trovate"),
    [("La gara è aperta", ["gara"]), ("garanzia e offertorio", []), ("L’offerta e il ribasso", ["offerta", "ribasso"])],
)
def test_le_parole_degli_appalti(testo, trovate):
    assert rules.parole_vietate(testo) == trovate


@dataclass
class R:
    tipo: TipoRequisito
    parametro: str = ""


PROFILO = rules.Profilo(
    stato=StatoRunts.ISCRITTO,
    sezione=SezioneRunts.APS,
    iscritto_il=date(2026, 6, 18),
    rilevata_il=datetime(2026, 11, 20, tzinfo=UTC),
    attivita=frozenset("aw"),
    forma_giuridica="associazione",
)


def riscontro(requisito, oggi=date(2026, 11, 22), **cambi):
    profilo = rules.Profilo(**{**PROFILO.__dict__, **cambi})
    return rules.esamina([requisito], profilo, date(2026, 12, 18), oggi=oggi, giorni_runts=30)[0].riscontro


@pytest.mark.parametrize(
    ("requisito", "cambi", "atteso"),
    [
        (R(TipoRequisito.ISCRIZIONE_RUNTS), {}, Riscontro.SODDISFATTO),
        (R(TipoRequisito.ISCRIZIONE_RUNTS), {"stato": StatoRunts.CANCELLATO}, Riscontro.NON_SODDISFATTO),
        (R(TipoRequisito.ISCRIZIONE_RUNTS), {"stato": StatoRunts.EX_ONLUS}, Riscontro.DA_COMPLETARE),
        (R(TipoRequisito.ISCRIZIONE_RUNTS), {"stato": StatoRunts.SOLO_REGISTRO_IMPRESE}, Riscontro.SODDISFATTO),
        (R(TipoRequisito.ISCRIZIONE_RUNTS), {"rilevata_il": datetime(2026, 10, 1, tzinfo=UTC)}, Riscontro.DA_COMPLETARE),
        (R(TipoRequisito.ISCRIZIONE_MESI, "6"), {}, Riscontro.SODDISFATTO),
        (R(TipoRequisito.ISCRIZIONE_MESI, "6"), {"iscritto_il": date(2026, 6, 19)}, Riscontro.NON_SODDISFATTO),
        (R(TipoRequisito.ISCRIZIONE_MESI, "6"), {"iscritto_il": None}, Riscontro.NON_SODDISFATTO),
        (R(TipoRequisito.SEZIONE_RUNTS, "odv,aps"), {}, Riscontro.SODDISFATTO),
        (R(TipoRequisito.SEZIONE_RUNTS, "odv"), {}, Riscontro.NON_SODDISFATTO),
        (R(TipoRequisito.ATTIVITA_STATUTARIA, "p, w"), {}, Riscontro.SODDISFATTO),
        (R(TipoRequisito.ATTIVITA_STATUTARIA, "p,q"), {}, Riscontro.NON_SODDISFATTO),
        (R(TipoRequisito.BOLLO), {}, Riscontro.NON_DOVUTO),
        (R(TipoRequisito.BOLLO), {"sezione": SezioneRunts.IS, "forma_giuridica": "S.r.l."}, Riscontro.DA_COMPLETARE),
        (
            R(TipoRequisito.BOLLO),
            {"sezione": SezioneRunts.IS, "forma_giuridica": "Società cooperativa sociale"},
            Riscontro.NON_DOVUTO,
        ),
        (R(TipoRequisito.ASSENZA_ESCLUSIONI), {}, Riscontro.DA_DICHIARARE),
        (R(TipoRequisito.ESPERIENZA), {}, Riscontro.DA_COMPLETARE),
    ],
)
def test_un_requisito_alla_volta(requisito, cambi, atteso):
    assert riscontro(requisito, **cambi) == atteso


@pytest.mark.parametrize(
    ("tipo", "parametro", "giusto"),
    [
        (TipoRequisito.ISCRIZIONE_MESI, "6", True),
        (TipoRequisito.ISCRIZIONE_MESI, "", False),
        (TipoRequisito.ISCRIZIONE_MESI, "-6", False),
        (TipoRequisito.ATTIVITA_STATUTARIA, "a,p", True),
        (TipoRequisito.ATTIVITA_STATUTARIA, "ap", False),
        (TipoRequisito.SEZIONE_RUNTS, "odv,aps", True),
        (TipoRequisito.SEZIONE_RUNTS, "onlus", False),
        (TipoRequisito.ESPERIENZA, "qualunque", True),
    ],
)
def test_il_parametro_di_un_requisito(tipo, parametro, giusto):
    assert (rules.difetto_parametro(tipo, parametro) is None) == giusto
