/* Piccoli aiuti: ogni pagina funziona anche senza. */
"use strict";

// Il sommario degli errori riceve il fuoco, così chi ascolta lo legge per primo.
const sommario = document.querySelector("[data-fuoco]");
if (sommario) sommario.focus();

// Conta i caratteri mentre scrivi; ad alta voce solo quando ti fermi.
for (const riga of document.querySelectorAll("[data-conta]")) {
  const campo = document.getElementById(riga.dataset.conta);
  if (!campo) continue;
  const massimo = Number(riga.dataset.massimo);
  const numero = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: "always" });
  let attesa = 0;
  const scrivi = () => {
    const n = campo.value.replace(/\r\n/g, "\n").length;
    riga.textContent = riga.dataset.frase.replace("{n}", numero.format(n)).replace("{max}", numero.format(massimo));
    riga.classList.toggle("campo-conta-troppo", n > massimo);
    clearTimeout(attesa);
    attesa = setTimeout(() => riga.setAttribute("role", "status"), 1000);
  };
  campo.addEventListener("input", () => { riga.removeAttribute("role"); scrivi(); });
  scrivi();
}

// Somma i numeri scritti, all'italiana; la riga li dice quando ti fermi. Senza script resta il totale salvato.
for (const riga of document.querySelectorAll("[data-somma]")) {
  const campi = [...document.querySelectorAll(`[data-addendo="${riga.id}"]`)];
  const numero = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: "always", maximumFractionDigits: 2 });
  let attesa = 0;
  const scrivi = () => {
    const scritti = campi.map((campo) => campo.value.trim()).filter(Boolean);
    const letti = scritti.filter((testo) => /^\d{1,3}(,\d{1,2})?$/.test(testo));
    const centesimi = letti.reduce((somma, testo) => somma + Math.round(Number(testo.replace(",", ".")) * 100), 0);
    const frase = letti.length === scritti.length ? riga.dataset.somma : riga.dataset.sommaIncerta;
    riga.textContent = frase.replace("{n}", numero.format(centesimi / 100)).replace("{max}", numero.format(Number(riga.dataset.massimo)));
  };
  for (const campo of campi) campo.addEventListener("input", () => { clearTimeout(attesa); attesa = setTimeout(scrivi, 500); });
  scrivi();
}

// Menu e account: Esc chiude e riporta il fuoco; un clic altrove chiude.
const aperti = () => document.querySelectorAll("details.menu[open], details.conto[open]");
document.addEventListener("keydown", (evento) => {
  if (evento.key !== "Escape") return;
  for (const menu of aperti()) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("click", (evento) => {
  for (const menu of aperti()) if (!menu.contains(evento.target)) menu.open = false;
});

// In stampa tutto quello che è chiuso si apre, poi torna com'era.
let chiusi = [];
window.addEventListener("beforeprint", () => {
  chiusi = [...document.querySelectorAll("main details:not([open])")];
  for (const parte of chiusi) parte.open = true;
});
window.addEventListener("afterprint", () => { for (const parte of chiusi) parte.open = false; });

// Il bottone di stampa compare solo se può funzionare.
for (const bottone of document.querySelectorAll("[data-stampa]")) {
  bottone.hidden = false;
  bottone.addEventListener("click", () => window.print());
}

// Un modulo cambiato e non inviato avvisa prima di uscire; un doppio clic non manda due volte.
for (const modulo of document.querySelectorAll("main form[method=post]")) {
  let cambiato = false;
  modulo.addEventListener("input", () => { cambiato = modulo.hasAttribute("data-avvisa"); });
  modulo.addEventListener("submit", (evento) => {
    if (modulo.dataset.inviato) { evento.preventDefault(); return; }
    modulo.dataset.inviato = "1";
    setTimeout(() => { delete modulo.dataset.inviato; }, 5000); // la risposta può essere un file: la pagina resta
    cambiato = false;
  });
  modulo.addEventListener("salvato", () => { cambiato = false; });
  window.addEventListener("pageshow", () => { delete modulo.dataset.inviato; });
  window.addEventListener("beforeunload", (evento) => { if (cambiato) evento.preventDefault(); });
}

// Un testo lungo si salva da solo quando chi scrive si ferma; se un altro ha scritto, lo dice e aspetta il bottone.
const salvato = document.querySelector("[data-salvato]");
for (const modulo of document.querySelectorAll("form[data-salva-da-solo]")) {
  const versione = modulo.querySelector("[name$=versione]");
  let attesa = 0;
  const salva = async () => {
    const risposta = await fetch(modulo.action, { method: "POST", body: new FormData(modulo), headers: { Accept: "application/json" } }).catch(() => null);
    const esito = risposta && risposta.headers.get("Content-Type")?.includes("json") ? await risposta.json() : {};
    if (esito.versione) {
      versione.value = esito.versione;
      modulo.querySelector("[name$=vista]").value = esito.vista;
      modulo.dispatchEvent(new Event("salvato"));
    }
    if (salvato && esito.salvato) salvato.textContent = modulo.dataset.salvaDaSolo.replace("{ora}", esito.salvato);
    if (salvato && esito.perche) salvato.textContent = esito.perche;
  };
  modulo.addEventListener("input", () => { clearTimeout(attesa); attesa = setTimeout(salva, 2000); });
  modulo.addEventListener("submit", () => clearTimeout(attesa));
}
