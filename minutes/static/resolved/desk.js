// Saves what is written at the desk within a second of pausing, keeps it in this browser while the server is away, and gives the
// desk its keys. Without it the page is a form that is saved with its button.
const PAUSE = 800;
const AGAIN = 3000;

const form = document.querySelector("[data-desk]");
const state = document.querySelector("[data-desk-state]");
const problems = document.querySelector("[data-desk-problems]");
const conflict = document.querySelector("[data-desk-conflict]");
const words = form.dataset;
const isPrivate = "private" in words;
let timer = 0;
let sending = false;
let changed = false;
let held = false;

const say = (text) => {
  state.textContent = text;
};

const content = () => new URLSearchParams(new FormData(form)).toString();
let saved = "";

// What is written in private business never goes into the browser's store.
const keep = () => {
  if (!isPrivate) localStorage.setItem(words.keptAs, content());
};
const forget = () => localStorage.removeItem(words.keptAs);

const send = async (body) => {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    body,
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect") return { status: 401, told: {} };
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  return { status: answer.status, told };
};

const save = async () => {
  window.clearTimeout(timer);
  if (sending || held) return;
  const body = content();
  if (body === saved) {
    changed = false;
    return;
  }
  sending = true;
  say(words.saving);
  try {
    took(await send(body), body);
  } catch {
    keep();
    say(isPrivate ? words.awayPrivate : words.away);
    timer = window.setTimeout(save, AGAIN);
  } finally {
    sending = false;
  }
};

const took = ({ status, told }, body) => {
  problems.replaceChildren();
  if (status === 200) return kept(told, body);
  keep();
  if (status === 409 && "theirs" in told) return choose(told);
  if (status === 401) return say(words.loggedOut);
  if (status === 403) return say(words.forbidden);
  if (status >= 500) throw new Error(String(status));
  say(told.problem ?? words.writing);
};

const kept = (told, body) => {
  form.elements.loaded.value = told.loaded;
  number(told.clauses);
  const now = content();
  // Only what the server answered differs from what was sent, unless somebody wrote on meanwhile.
  changed = withoutMarks(now) !== withoutMarks(body);
  saved = changed ? "" : now;
  if (changed) timer = window.setTimeout(save, PAUSE);
  else forget();
  say(`${words.saved} ${told.at}`);
  for (const problem of told.problems) {
    const line = document.createElement("li");
    line.textContent = problem;
    problems.append(line);
  }
  document.querySelector("[data-desk-quorum]").innerHTML = told.quorum;
};

const MARKS = /^(loaded|clauses-\d+-(key|loaded))$/;
const withoutMarks = (body) => [...new URLSearchParams(body)].filter(([name]) => !MARKS.test(name)).toString();

// The clauses that have words are numbered as the server keeps them.
const number = (clauses) => {
  const rows = [...document.querySelectorAll("[data-desk-clauses] > li")];
  const written = rows.filter((row) => row.querySelector("[name$='-text']").value.trim());
  written.forEach((row, place) => {
    row.querySelector("[name$='-key']").value = clauses[place]?.key ?? "";
    row.querySelector("[name$='-loaded']").value = clauses[place]?.loaded ?? "";
  });
};

const choose = (told) => {
  held = true;
  conflict.hidden = false;
  conflict.querySelector("[data-desk-conflict-words]").textContent = told.problem;
  conflict.querySelector("[data-desk-mine]").textContent = told.mine;
  conflict.querySelector("[data-desk-theirs]").textContent = told.theirs;
  const mine = conflict.querySelector("[data-desk-keep-mine]");
  const theirs = conflict.querySelector("[data-desk-take-theirs]");
  mine.hidden = theirs.hidden = false;
  mine.onclick = () => {
    form.elements.loaded.value = told.loaded;
    held = false;
    conflict.hidden = true;
    save();
  };
  theirs.onclick = () => {
    forget();
    changed = false;
    window.location.reload();
  };
  say(told.problem);
  conflict.querySelector("h3").focus();
};

const written = () => {
  changed = true;
  window.clearTimeout(timer);
  if (!state.textContent.startsWith(words.writing)) say(words.writing);
  timer = window.setTimeout(save, PAUSE);
};

const another = () => {
  const total = form.elements["clauses-TOTAL_FORMS"];
  const made = document.querySelector("[data-desk-clause]").innerHTML.replaceAll("__prefix__", total.value);
  document.querySelector("[data-desk-clauses]").insertAdjacentHTML("beforeend", made);
  total.value = Number(total.value) + 1;
  document.querySelector("[data-desk-clauses] > li:last-child textarea").focus();
};

const help = document.querySelector("[data-desk-help]");
const press = (name) => document.querySelector(`[data-desk-key='${name}']`)?.click();
const KEYS = {
  KeyS: save,
  KeyN: () => press("next"),
  KeyT: () => form.querySelector(".public-DraftEditor-content, [name=text]")?.focus(),
  KeyR: () => press("recommended"),
  KeyC: another,
  KeyO: () => form.elements.outcome.focus(),
  KeyA: () => document.querySelector("[name='todo-text']").focus(),
  KeyV: () => press("paste"),
  KeyP: () => press("preview"),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.code in KEYS) {
    event.preventDefault();
    KEYS[event.code]();
  } else if (event.key === "?" && !typing) {
    help.showModal();
  }
});

for (const control of document.querySelectorAll("[data-desk-add], [data-desk-keys]")) control.hidden = false;
document.querySelector("[data-desk-add]").addEventListener("click", another);
document.querySelector("[data-desk-keys]").addEventListener("click", () => help.showModal());
form.addEventListener("input", written);
form.addEventListener("change", written);
// Wagtail's text editor writes into a hidden field without telling the form.
window.setInterval(() => {
  if (!changed && !sending && !held && content() !== saved) written();
}, 300);
form.addEventListener("submit", () => {
  changed = false;
  held = true;
});
window.addEventListener("pagehide", () => {
  if (changed) keep();
});
window.addEventListener("beforeunload", (event) => {
  if (!changed) return;
  keep();
  if (isPrivate) event.preventDefault();
});

// What an earlier page could not save is sent before anything else is written; then the page shows it.
const begin = async () => {
  saved = content();
  const left = isPrivate ? null : localStorage.getItem(words.keptAs);
  if (!left || left === saved) return;
  held = true;
  say(words.back);
  try {
    const fresh = new URLSearchParams(left);
    fresh.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await send(fresh.toString());
    if (answer.status === 200) {
      forget();
      window.location.reload();
    } else if (answer.status === 409 && "theirs" in answer.told) {
      choose(answer.told);
    } else {
      say(answer.told.problem ?? words.writing);
      held = false;
    }
  } catch {
    say(words.away);
    window.setTimeout(begin, AGAIN);
  }
};
window.setTimeout(begin, 500);
