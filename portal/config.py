"""Typed settings from the environment. Production refuses to start half-configured.

| variable | meaning | default |
|---|---|---|
| PORTALE_AMBIENTE | produzione, demo, sviluppo, prova | sviluppo |
| SECRET_KEY | signs cookies and links | required in produzione |
| DATABASE_URL | sqlite:///… or postgresql://… | var/portale.db in sviluppo |
| PORTALE_DATI | folder of attachments and outgoing mail | var |
| PORTALE_INDIRIZZO | public address, for links in mail and receipts | http://127.0.0.1:8000 |
| SMTP_URL | smtp://user:pass@host:587, smtps://… | empty: messages go to files in PORTALE_DATI/posta |
| POSTA_DA | sender address | portale@localhost |
| PORTALE_USCITA | where «Esci subito» leads: a page that says nothing of us | https://www.wikipedia.org |
| PORTALE_MEMORIA | bytes of public pages that each process keeps ready; 0: none | 16000000 |
| PORTALE_PROXY | how many proxies in front set X-Forwarded-* | 0 |
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

AMBIENTI = ("produzione", "demo", "sviluppo", "prova")


class ConfigurazioneErrata(RuntimeError):
    """A setting is missing or makes no sense; the message names it."""


@dataclass(frozen=True)
class Config:
    ambiente: str = "sviluppo"
    segreto: str = field(default="", repr=False)
    database: str = "sqlite:///var/portale.db"
    dati: Path = Path("var")
    indirizzo: str = "http://127.0.0.1:8000"
    smtp: str = field(default="", repr=False)
    posta_da: str = "portale@localhost"
    uscita: str = "https://www.wikipedia.org"
    proxy: int = 0
    memoria: int = 16_000_000
    argon2: Mapping[str, Any] = field(default_factory=dict)

    @property
    def demo(self) -> bool:
        return self.ambiente == "demo"

    @property
    def https(self) -> bool:
        return self.indirizzo.startswith("https://")

    def per_flask(self) -> dict[str, Any]:
        return {
            "SECRET_KEY": self.segreto,
            "SESSION_COOKIE_NAME": "__Host-portale" if self.https else "portale",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": timedelta(days=1),
            "USCITA": self.uscita,
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": 24 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "MAX_FORM_PARTS": 2000,
            "TESTING": self.ambiente == "prova",
            "TEMPLATES_AUTO_RELOAD": self.ambiente == "sviluppo",
        }


def dall_ambiente(variabili: Mapping[str, str] | None = None) -> Config:
    """Read the environment. Raises ``ConfigurazioneErrata`` naming what is missing."""
    v = os.environ if variabili is None else variabili
    ambiente = v.get("PORTALE_AMBIENTE", "sviluppo")
    if ambiente not in AMBIENTI:
        raise ConfigurazioneErrata(f"PORTALE_AMBIENTE deve essere uno di: {', '.join(AMBIENTI)}")
    if ambiente == "produzione":
        _esigi(v)
    return Config(
        ambiente=ambiente,
        segreto=v.get("SECRET_KEY") or secrets.token_hex(32),
        database=v.get("DATABASE_URL", Config.database),
        dati=Path(v.get("PORTALE_DATI", "var")),
        indirizzo=v.get("PORTALE_INDIRIZZO", Config.indirizzo).rstrip("/"),
        smtp=v.get("SMTP_URL", ""),
        posta_da=v.get("POSTA_DA", Config.posta_da),
        uscita=v.get("PORTALE_USCITA") or Config.uscita,
        proxy=_numero(v, "PORTALE_PROXY", 0),
        memoria=_numero(v, "PORTALE_MEMORIA", Config.memoria),
    )


def _numero(v: Mapping[str, str], nome: str, predefinito: int) -> int:
    valore = v.get(nome) or str(predefinito)
    if not (valore.isascii() and valore.isdigit()):
        raise ConfigurazioneErrata(f"{nome} deve essere un numero: {valore!r}")
    return int(valore)


def _esigi(v: Mapping[str, str]) -> None:
    mancanti = [n for n in ("SECRET_KEY", "DATABASE_URL", "PORTALE_DATI", "PORTALE_INDIRIZZO", "SMTP_URL") if not v.get(n)]
    if mancanti:
        raise ConfigurazioneErrata("in produzione mancano: " + ", ".join(mancanti))
    if len(v["SECRET_KEY"]) < 32:
        raise ConfigurazioneErrata("SECRET_KEY è troppo corta: almeno 32 caratteri")
    if not v["PORTALE_INDIRIZZO"].startswith("https://"):
        raise ConfigurazioneErrata("PORTALE_INDIRIZZO deve iniziare con https:// in produzione")
