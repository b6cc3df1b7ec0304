// Keeps up to date how far the worker is with packs and with checks of papers. Without it the page shows the same when it is
// loaded again. `data-at-work` is where that is asked for, `data-row` the key of a row that is being worked on.
(() => {
  const list = document.querySelector("[data-at-work]");
  const open = new Map([...list.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  const EVERY = 1000;

  const look = async () => {
    try {
      const answer = await fetch(list.dataset.atWork, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { rows } = await answer.json();
      const still = new Set(rows.map((row) => String(row.key)));
      if ([...open.keys()].some((key) => !still.has(key))) {
        window.location.reload();
        return;
      }
      for (const row of rows) show(open.get(String(row.key)), row);
    } catch {
      // The server is away for a moment: the next look tries again.
    }
    window.setTimeout(look, EVERY);
  };

  const show = (place, row) => {
    if (!place) return;
    place.querySelector("label").textContent = row.words;
    // A check does not know how far it is: its bar goes to and fro.
    if (row.percent !== undefined) place.querySelector("progress").value = row.percent;
  };

  if (open.size) window.setTimeout(look, EVERY);
})();
