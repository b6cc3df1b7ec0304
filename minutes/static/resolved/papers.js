// Shows when the check of a paper has ended. Without it the page shows the same when it is loaded again.
(() => {
  const list = document.querySelector("[data-papers]");
  const rows = new Map([...list.querySelectorAll("[data-file]")].map((row) => [row.dataset.file, row]));
  const EVERY = 1500;

  const look = async () => {
    try {
      const answer = await fetch(list.dataset.papers, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { files } = await answer.json();
      const still = new Set(files.map((file) => String(file.key)));
      if ([...rows.keys()].some((key) => !still.has(key))) {
        window.location.reload();
        return;
      }
      for (const file of files) {
        const row = rows.get(String(file.key));
        if (row) row.querySelector("label").textContent = file.words;
      }
    } catch {
      // The server is away for a moment: the next look tries again.
    }
    window.setTimeout(look, EVERY);
  };

  if (rows.size) window.setTimeout(look, EVERY);
})();
