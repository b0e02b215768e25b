"""Pure rules of login: password strength, limits of attempts, how long a session lasts. All times in seconds or days."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..i18n import _

LUNGHEZZA_MINIMA = 12
DURATA_SESSIONE = timedelta(hours=12)
OGNI_QUANTO_VISTA = timedelta(minutes=1)
"""Between two notes that a session is in use."""
DURATA_RECUPERO = timedelta(hours=4)
DURATA_INVITO = timedelta(days=7)
FINESTRA = timedelta(minutes=15)
PAROLA_DIMOSTRAZIONE = "provare-non-costa-niente"
"""The one password of the demonstration's accounts: refused wherever the installation is not a demonstration."""
COMUNI = frozenset(
    {"password1234", "123456789012", "qwertyuiop12", "passwordpassword", "coprogetta2026", PAROLA_DIMOSTRAZIONE}
)


@dataclass(frozen=True)
class Limite:
    """So many failures in the window, then wait."""

    massimo: int
    finestra: timedelta = FINESTRA


PER_EMAIL = Limite(5)
PER_INDIRIZZO = Limite(30)


def attesa(falliti: list[datetime], limite: Limite, ora: datetime) -> int:
    """Seconds to wait before another attempt: 0 when one is allowed.

    ``falliti`` are the instants of the failures, in any order; those out of the window do not count.
    """
    recenti = sorted(f for f in falliti if f > ora - limite.finestra)
    if len(recenti) < limite.massimo:
        return 0
    libera = recenti[-limite.massimo] + limite.finestra
    return max(1, int((libera - ora).total_seconds()) + 1)


def difetto_password(password: str, email: str) -> str | None:
    """Why a new password is not good enough; None when it is. Length counts, odd characters do not."""
    if len(password) < LUNGHEZZA_MINIMA:
        return _("Usa almeno %(n)s caratteri: tre o quattro parole bastano.", n=LUNGHEZZA_MINIMA)
    if len(password) > 200:
        return _("Usa al massimo 200 caratteri.")
    if password.lower() in COMUNI or len(set(password)) < 5:
        return _("Questa password è troppo facile da indovinare.")
    if email.partition("@")[0] in password.lower() and len(email.partition("@")[0]) > 3:
        return _("Non usare il tuo indirizzo nella password.")
    return None


def nuovo_gettone() -> tuple[str, str]:
    """A secret for a cookie or a link, and the SHA-256 of it that the database keeps."""
    gettone = secrets.token_urlsafe(32)
    return gettone, impronta(gettone)


def impronta(gettone: str) -> str:
    return hashlib.sha256(gettone.encode()).hexdigest()


def descrivi_dispositivo(agente: str) -> str:
    """A browser and a system in two words, from the User-Agent: enough to recognise one's own devices.

    Stored at the login as it is; the one phrase in it is translated where it is shown.
    """
    navigatori = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    sistemi = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"))
    navigatore = next((nome for segno, nome in navigatori if segno in agente), "altro browser")
    sistema = next((nome for segno, nome in sistemi if segno in agente), "Linux" if "Linux" in agente else "")
    return f"{navigatore} · {sistema}" if sistema else navigatore
