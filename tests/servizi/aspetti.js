// Runs axe, measuring the contrast once for each look: what an element looks like is its way down from the body (tags,
// classes, computed colours and sizes), whether it holds text, is visible, is disabled. Gives the violations and the looks.
async ([opzioni, visti]) => {
  const gia = new Set(visti), nuovi = new Set();
  const stili = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow", "visibility"];

  const impronta = testo => { // 64 bits: a whole way down the page would be long to carry about
    let alto = 0xdeadbeef, basso = 0x41c6ce57;
    for (let i = 0; i < testo.length; i++) {
      alto = Math.imul(alto ^ testo.charCodeAt(i), 2654435761);
      basso = Math.imul(basso ^ testo.charCodeAt(i), 1597334677);
    }
    return (alto >>> 0).toString(36) + "." + (basso >>> 0).toString(36);
  };

  const guarda = (elemento, sopra) => {
    const stile = getComputedStyle(elemento);
    const scritto = elemento.value || [...elemento.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
    const spento = (elemento.control ?? elemento).matches(":disabled, [aria-disabled=true]");
    const aspetto = impronta([sopra, elemento.tagName, elemento.className, Boolean(scritto), spento,
      elemento.checkVisibility(), ...stili.map(nome => stile[nome])].join("|"));
    elemento.toggleAttribute("data-aspetto-visto", gia.has(aspetto) || nuovi.has(aspetto));
    nuovi.add(aspetto);
    for (const figlio of elemento.children) guarda(figlio, aspetto);
  };

  guarda(document.body, String(innerWidth));
  axe.configure({rules: [{id: "color-contrast", selector: ":not([data-aspetto-visto])"}]});
  return [(await axe.run(document, opzioni)).violations, [...nuovi]];
}
