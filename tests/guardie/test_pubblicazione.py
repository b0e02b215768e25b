"""What is published describes itself, can be installed from any index, and says nothing of the machine it was made on."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import portal

from .sorgenti import RADICE, nessuno, pubblicati

UN_MIB = 1024 * 1024
LUCCHETTI = sorted(p for p in RADICE.glob("**/requirements*.lock") if ".venv" not in p.parts)
OBBLIGATORIE = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "legal.license",
    "maintenance.type",
    "localisation.localisationReady",
    "localisation.availableLanguages",
)
"""Keys that publiccode.yml 0.7 wants (https://yml.publiccode.tools), besides those of each description."""
DELLA_DESCRIZIONE = ("shortDescription", "longDescription", "features")
CHI_MANTIENE = {"internal": "contacts", "community": "contacts", "contract": "contractors", "none": None}


@cache
def pyproject() -> dict[str, object]:
    return tomllib.loads((RADICE / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def leggi_yaml(testo: str) -> dict[str, str]:
    """The little YAML that publiccode.yml uses: dotted key -> value, with texts and lists on one line."""
    trovate: dict[str, str] = {}
    strada: list[tuple[int, str]] = []
    for riga in testo.splitlines():
        nuda, rientro = riga.strip(), len(riga) - len(riga.lstrip())
        if not nuda or nuda.startswith("#"):
            continue
        chiave = re.fullmatch(r"([A-Za-z]\w*):(?:\s+(.*))?", nuda)
        dentro_un_testo = strada and rientro > strada[-1][0] and trovate[_nome(strada)][:1] in ("|", ">")
        if chiave is None or dentro_un_testo:
            trovate[_nome(strada)] += f" {nuda}"
            continue
        while strada and strada[-1][0] >= rientro:
            strada.pop()
        strada.append((rientro, chiave[1]))
        trovate[_nome(strada)] = (chiave[2] or "").strip('"')
    return {nome: valore.removeprefix("|").removeprefix(">-").removeprefix(">").strip() for nome, valore in trovate.items()}


def _nome(strada: list[tuple[int, str]]) -> str:
    return ".".join(parte for _rientro, parte in strada)


@cache
def publiccode() -> dict[str, str]:
    return leggi_yaml((RADICE / "publiccode.yml").read_text(encoding="utf-8"))


def test_publiccode_ha_le_chiavi_obbligatorie():
    nessuno(chiave for chiave in OBBLIGATORIE if not publiccode().get(chiave))
    assert publiccode()["publiccodeYmlVersion"] == "0.7"


@pytest.mark.parametrize("lingua", ["it", "en"])
def test_publiccode_si_descrive_in_ogni_lingua(lingua: str):
    mancano = [c for c in DELLA_DESCRIZIONE if not publiccode().get(f"description.{lingua}.{c}")]
    assert mancano == []
    assert len(publiccode()[f"description.{lingua}.shortDescription"]) <= 150
    assert 150 <= len(publiccode()[f"description.{lingua}.longDescription"]) <= 10_000
    assert f"- {lingua}" in publiccode()["localisation.availableLanguages"]


def test_publiccode_dice_chi_mantiene():
    """Contacts (or contractors) are wanted for every kind of maintenance but «none»."""
    tipo = publiccode()["maintenance.type"]
    chi = CHI_MANTIENE[tipo]
    assert chi is None or publiccode().get(f"maintenance.{chi}.name") or publiccode().get(f"maintenance.{chi}")


def test_publiccode_non_usa_le_chiavi_superate():
    """The country section, repoOwner and codiceIPA are deprecated since 0.7: they would be a warning in every catalogue."""
    superate = ("it", "legal.repoOwner", "organisation.codiceIPA", "maintenance.codiceIPA")
    nessuno(c for c in publiccode() if c in superate or c.startswith("it."))


def test_la_licenza_e_una_sola():
    testo = (RADICE / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in testo
    assert "Version 3, 19 November 2007" in testo
    assert publiccode()["legal.license"] == pyproject()["license"] == "AGPL-3.0-or-later"


def test_la_versione_e_una_sola():
    assert pyproject()["version"] == portal.__version__


def voci(lucchetto: Path) -> dict[str, str]:
    """Requirement (``name==version``) -> everything written for it, continuation lines joined."""
    testo = re.sub(r"\\\n", " ", lucchetto.read_text(encoding="utf-8"))
    righe = [riga.strip() for riga in testo.splitlines()]
    return {riga.split()[0]: riga for riga in righe if riga and not riga.startswith("#")}


@pytest.mark.parametrize("lucchetto", LUCCHETTI, ids=lambda p: p.relative_to(RADICE).as_posix())
def test_ogni_pacchetto_ha_la_sua_impronta(lucchetto: Path):
    assert voci(lucchetto)
    nome = re.compile(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==[\w.!+-]+")
    impronta = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
    nessuno(voce for voce, riga in voci(lucchetto).items() if not nome.fullmatch(voce) or not impronta.search(riga))


@pytest.mark.parametrize("lucchetto", LUCCHETTI, ids=lambda p: p.relative_to(RADICE).as_posix())
def test_nessun_lucchetto_dice_da_dove_scaricare(lucchetto: Path):
    vietati = re.compile(r"://|--(extra-)?index-url|--find-links|--trusted-host|^-[if]\b", re.MULTILINE)
    assert vietati.findall(lucchetto.read_text(encoding="utf-8")) == []


def test_il_lucchetto_soddisfa_le_dipendenze():
    """Each dependency of the project is locked at a version it accepts; those of development in the tests' lock."""
    fissate = {
        nome: {canonicalize_name(v.partition("==")[0].partition("[")[0]): v.partition("==")[2] for v in voci(RADICE / nome)}
        for nome in ("requirements.lock", "tests/requirements.lock")
    }
    dev = pyproject()["optional-dependencies"]["dev"]  # type: ignore[index]
    volute = [("requirements.lock", d) for d in pyproject()["dependencies"]] + [("tests/requirements.lock", d) for d in dev]  # type: ignore[attr-defined]
    storte = []
    for nome, dipendenza in volute:
        voluta = Requirement(dipendenza)
        versione = fissate[nome].get(canonicalize_name(voluta.name))
        if versione is None or not voluta.specifier.contains(versione, prereleases=True):
            storte.append(f"{nome}: {dipendenza} ma c’è {versione}")
    nessuno(storte)


def test_ci_sono_i_file_che_ci_si_aspetta():
    nomi = {p.relative_to(RADICE).as_posix() for p in pubblicati()}
    assert {"README.md", "LICENSE", "CHANGELOG.md", "publiccode.yml", "pyproject.toml", ".ci/run"} - nomi == set()


# written in pieces, so that this file does not contain what it looks for
PERCORSI = ("/wo" + "rk/", "/ro" + "ot/", "/tmp" + "/dev")
REGISTRI = ("py" + "pi.org", "npm" + "js", "debian" + ".org", "pythonhosted" + ".org")
PAROLE = ("help" + "er", "sub" + "agent", "sessione-di-" + "lavoro")


@cache
def leggibili() -> dict[str, str]:
    """Text of every published file that is text."""
    testi = {}
    for percorso in pubblicati():
        try:
            testi[percorso.relative_to(RADICE).as_posix()] = percorso.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return testi


def dove(modello: re.Pattern[str]) -> list[str]:
    return [
        f"{nome}:{testo.count(chr(10), 0, t.start()) + 1} {t[0]}"
        for nome, testo in leggibili().items()
        for t in modello.finditer(testo)
    ]


def test_nessun_file_nomina_la_macchina():
    nessuno(dove(re.compile("|".join(rf"(?<![\w.~*}}>-]){re.escape(p)}" for p in PERCORSI))))


def test_nessun_file_nomina_un_indice_di_pacchetti():
    nessuno(dove(re.compile("|".join(re.escape(r) for r in REGISTRI))))


def test_nessun_file_parla_di_come_si_e_lavorato():
    nessuno(dove(re.compile("|".join(rf"\b{p}s?\b" for p in PAROLE), re.IGNORECASE)))


def test_nessun_file_e_grande():
    nessuno(f"{p.relative_to(RADICE)}: {p.stat().st_size} byte" for p in pubblicati() if p.stat().st_size > UN_MIB)
