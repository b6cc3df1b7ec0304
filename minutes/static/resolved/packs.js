// Keeps the progress of packs up to date. Without it the page shows the same when it is loaded again.
(() => {
  const list = document.querySelector("[data-packs]");
  const open = new Map([...list.querySelectorAll("[data-pack]")].map((row) => [row.dataset.pack, row]));
  const EVERY = 1000;

  const look = async () => {
    try {
      const answer = await fetch(list.dataset.packs, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { packs } = await answer.json();
      const still = new Set(packs.map((pack) => String(pack.key)));
      if ([...open.keys()].some((key) => !still.has(key))) {
        window.location.reload();
        return;
      }
      for (const pack of packs) show(open.get(String(pack.key)), pack);
    } catch {
      // The server is away for a moment: the next look tries again.
    }
    window.setTimeout(look, EVERY);
  };

  const show = (row, pack) => {
    if (!row) return;
    row.querySelector("label").textContent = pack.words;
    row.querySelector("progress").value = pack.percent;
  };

  if (open.size) window.setTimeout(look, EVERY);
})();
