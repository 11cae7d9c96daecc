// Search, filter and unfolding. The page says all it has to say without this file; nothing is fetched or kept.
"use strict";
(() => {
  const bar = document.getElementById("bar");
  if (!bar) return;
  const find = document.getElementById("find");
  const fold = document.getElementById("fold");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const cases = [...document.querySelectorAll("#rows > tr")].map((row) => {
    const link = row.querySelector("a").getAttribute("href").slice(1);
    return { row, section: document.getElementById(link), text: plain(row.textContent) };
  });
  const showing = () => cases.filter((it) => !it.row.hidden);

  // A case is shown if it has the verdict chosen and every word sought.
  const filter = () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    const verdict = bar.querySelector("input[name=s]:checked").value;
    for (const it of cases) {
      const fits = (!verdict || it.row.dataset.s === verdict) && words.every((word) => it.text.includes(word));
      it.row.hidden = it.section.hidden = !fits;
    }
    const count = showing().length;
    shown.textContent = bar.dataset.shown.replace("{n}", count).replace("{all}", cases.length);
    nothing.hidden = count > 0;
    label();
  };

  // The button unfolds while a case shown is folded.
  const folded = () => showing().some((it) => !it.section.firstElementChild.open);
  const label = () => {
    fold.textContent = folded() ? bar.dataset.open : bar.dataset.shut;
  };
  fold.addEventListener("click", () => {
    const open = folded();
    for (const it of showing()) {
      for (const part of it.section.querySelectorAll("details")) {
        // Shut, a case keeps its tree as it stood.
        if (open || part === it.section.firstElementChild) part.open = open;
      }
    }
    label();
  });

  // A link to a case shows and unfolds it.
  const follow = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      return;
    }
    const it = cases.find((it) => it.section.id === name);
    if (!it) return;
    if (it.row.hidden) {
      find.value = "";
      bar.querySelector("input[name=s]").checked = true;
      filter();
    }
    it.section.firstElementChild.open = true;
    it.section.scrollIntoView();
  };

  find.addEventListener("input", filter);
  bar.addEventListener("change", filter);
  // However many parts fold at once, the button is named anew once.
  let due = 0;
  document.addEventListener("toggle", () => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(label);
  }, true);
  document.getElementById("rows").addEventListener("click", (event) => {
    // A link followed a second time changes no address, yet is followed.
    if (event.target.closest("a")) setTimeout(follow);
  });
  window.addEventListener("hashchange", follow);
  const measure = () => document.documentElement.style.setProperty("--bar", bar.offsetHeight + "px");
  window.addEventListener("resize", measure);
  bar.hidden = false;
  measure();
  filter();
  follow();
})();
