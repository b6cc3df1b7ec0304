// Whether there is a quorum, and who may vote: told with every save, and asked for, because who comes and goes is written on another page,
// often by a colleague.
const form = document.querySelector("[data-desk]");
const ASKED_EVERY = 10000;

// A screen reader says only what is new.
const show = ({ quorum, voters }) => {
  const shown = document.querySelector("[data-desk-quorum]");
  if (shown.dataset.told !== quorum) shown.innerHTML = quorum;
  shown.dataset.told = quorum;
  document.getElementById("desk-voters").textContent = JSON.stringify(voters);
};

const ask = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.ok) show(await answer.json());
  } catch {
    // The next save says that the server is away.
  }
};

form.addEventListener("told", ({ detail }) => show(detail));
window.setInterval(ask, ASKED_EVERY);
window.addEventListener("focus", ask);
