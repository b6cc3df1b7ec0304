// Records a presence without loading the page again, and by one key. Without it every button is a form of its own.
(() => {
  const KEYS = { p: "present", r: "remote", a: "apologies", x: "absent", c: "chair", i: "came", o: "went" };
  const rows = () => [...document.querySelectorAll(".room__list tbody tr[id]")];

  const take = (page) => {
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-room]");
    if (!fresh) throw new Error("no room");
    document.querySelector("[data-room]").replaceWith(fresh);
  };

  const record = async (form, button) => {
    const answers = new FormData(form);
    answers.set(button.name, button.value);
    const row = form.closest("tr").id;
    try {
      const answer = await fetch(window.location.href, { method: "POST", body: answers, credentials: "same-origin" });
      take(await answer.text());
      document.getElementById(row)?.querySelector(`button[value="${button.value}"]`)?.focus();
    } catch {
      form.requestSubmit(button);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".room__buttons button");
    if (!button || button.dataset.sent) return;
    event.preventDefault();
    button.dataset.sent = "yes";
    record(button.form, button);
  });

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.(".room__list tbody tr[id]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = rows();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      all[all.indexOf(row) + step]?.querySelector("button")?.focus();
    } else if (KEYS[event.key]) {
      event.preventDefault();
      row.querySelector(`button[value="${KEYS[event.key]}"]`)?.click();
    }
  });
})();
