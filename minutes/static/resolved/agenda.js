// Moves lines of an agenda without loading the whole page: by the buttons, or by dragging. The forms are the same without it.
(() => {
  const place = document.getElementById("agenda");
  const said = document.querySelector("[data-agenda-said]");
  let dragged = null;

  const focusAfter = (line, move) => {
    const row = [...place.querySelectorAll("[data-line]")].find((each) => each.dataset.line.slice(1) === line.slice(1) && (each.dataset.line[0] === "s") === (line[0] === "s"));
    if (!row) return;
    const same = row.querySelector(`button[value^="${move} "]`) || row.querySelector("button") || row.querySelector("a");
    if (same) same.focus();
  };

  const send = async (form, fields, line, move) => {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    let text;
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok && answer.status !== 409) throw new Error(answer.statusText);
      text = await answer.text();
    } catch {
      // The server is away: the form as it stands asks again, in the browser's own words.
      form.submit();
      return;
    }
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("agenda");
    if (!fresh) {
      window.location.reload();
      return;
    }
    place.replaceChildren(...fresh.childNodes);
    const words = place.querySelector("[data-words]");
    said.textContent = "";
    if (words) {
      said.textContent = words.textContent.trim();
      // Said once: what is read out and what stands there are the same words.
      if (words.getAttribute("role") === "alert") words.removeAttribute("role");
      else words.remove();
    }
    makeDraggable();
    focusAfter(line, move);
  };

  place.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-agenda-form]");
    const button = event.submitter;
    if (!form || !button) return;
    event.preventDefault();
    const [move, line] = button.value.split(" ");
    send(form, { move: button.value }, line, move);
  });

  const makeDraggable = () => {
    for (const row of place.querySelectorAll("[data-line]")) row.draggable = true;
  };

  place.addEventListener("dragstart", (event) => {
    dragged = event.target.closest ? event.target.closest("[data-line]") : null;
    if (!dragged) return;
    dragged.classList.add("agenda-line--dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.line);
  });

  place.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-line]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over.parentNode.insertBefore(dragged, event.clientY > box.top + box.height / 2 ? over.nextSibling : over);
  });

  place.addEventListener("drop", (event) => event.preventDefault());

  place.addEventListener("dragend", () => {
    if (!dragged) return;
    const row = dragged;
    dragged = null;
    row.classList.remove("agenda-line--dragged");
    const form = row.closest("[data-agenda-form]");
    const order = [...place.querySelectorAll("[data-line]")].map((each) => each.dataset.line).join(" ");
    if (order !== form.elements.seen.value) send(form, { order, line: row.dataset.line }, row.dataset.line, "up");
  });

  makeDraggable();
})();
