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
let unanswered = "";
let begun = false;

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

// Somebody who logs in again in another tab has another token.
const withToken = (body) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  const fresh = new URLSearchParams(body);
  if (token) fresh.set("csrfmiddlewaretoken", token);
  return fresh.toString();
};

const send = async (body) => {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    body: withToken(body),
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect") return { status: 401, told: {} };
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  return { status: answer.status, told };
};

const save = async () => {
  window.clearTimeout(timer);
  if (sending || held) return;
  const body = unanswered || content();
  if (body === saved) {
    changed = false;
    return;
  }
  sending = true;
  say(words.saving);
  try {
    const answer = await send(body);
    if (answer.status < 500) unanswered = "";
    took(answer, body);
  } catch {
    // It may have been kept although no answer came. So the same is sent again first: nothing is made twice.
    unanswered = body;
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
  form.dispatchEvent(new CustomEvent("told", { detail: told }));
};

const MARKS = /^(csrfmiddlewaretoken|loaded|clauses-\d+-(key|loaded))$/;
const withoutMarks = (body) => [...new URLSearchParams(body)].filter(([name]) => !MARKS.test(name)).toString();

// Each row learns which clause the server keeps it as.
const number = (clauses) => {
  for (const { row, key, loaded } of clauses) {
    form.elements[`clauses-${row}-key`].value = key;
    form.elements[`clauses-${row}-loaded`].value = loaded;
  }
};

// Both versions side by side. `body` is what an earlier page had left here; without one, mine is what stands in the form.
const choose = (told, body) => {
  held = true;
  conflict.hidden = false;
  conflict.querySelector("[data-desk-conflict-words]").textContent = told.problem;
  conflict.querySelector("[data-desk-mine]").textContent = told.mine;
  conflict.querySelector("[data-desk-theirs]").textContent = told.theirs;
  const mine = conflict.querySelector("[data-desk-keep-mine]");
  const theirs = conflict.querySelector("[data-desk-take-theirs]");
  mine.hidden = theirs.hidden = false;
  mine.onclick = () => {
    conflict.hidden = true;
    if (body) return sendLeft(over(body, told));
    form.elements.loaded.value = told.loaded;
    number(told.clauses);
    held = false;
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

// The same words, to be kept over the version that was shown.
const over = (body, told) => {
  const fresh = new URLSearchParams(body);
  fresh.set("loaded", told.loaded);
  for (const { row, loaded } of told.clauses) fresh.set(`clauses-${row}-loaded`, loaded);
  return fresh.toString();
};

const written = () => {
  changed = true;
  keep();
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

// A usual clause goes into the first row without words. The minute says what was done, where nobody has said something else.
const usual = ({ dataset: { words: clause, kind, outcome } }) => {
  const rows = () => [...document.querySelectorAll("[data-desk-clauses] textarea")];
  if (!rows().some((row) => !row.value.trim())) another();
  const row = rows().find((one) => !one.value.trim());
  row.value = clause;
  // A recommendation waits for its answer, so whose it is to give belongs to it.
  if (kind === "recommended") row.closest("li").querySelector("details").open = true;
  if (row === rows()[0]) form.elements.decision_kind.value = kind;
  form.elements.outcome.value ||= outcome;
  form.elements.manner.value ||= "assent";
  written();
  row.focus();
  row.setSelectionRange(clause.length, clause.length);
  say(clause);
};

const help = document.querySelector("[data-desk-help]");
const press = (name) => document.querySelector(`[data-desk-key='${name}']`)?.click();
const KEYS = {
  KeyS: save,
  KeyN: () => press("next"),
  KeyT: () => (form.querySelector(".public-DraftEditor-content") ?? form.querySelector("[name=text]")).focus(),
  KeyR: () => press("recommended"),
  KeyM: () => press("amended"),
  KeyK: () => settle().then(() => press("note")),
  KeyW: () => press("room"),
  KeyB: () => press("meeting"),
  KeyC: another,
  KeyH: () => press("hands"),
  KeyY: () => press("names"),
  KeyU: () => press("amends"),
  KeyI: () => press("interest"),
  KeyO: () => form.elements.outcome.focus(),
  KeyA: () => document.querySelector("[name='todo-text']").focus(),
  KeyV: () => press("paste"),
  KeyP: () => press("preview"),
};

// On a Mac, Alt and a letter write a character, such as the ŵ of a Welsh keyboard: there Control is held.
const isHeld = ({ altKey, ctrlKey, metaKey }) => !metaKey && altKey === (words.held === "alt") && ctrlKey === (words.held === "ctrl");

// Asked before the text editor is, which has uses of its own for Control and a letter on a Mac.
const pressed = (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
  if (isHeld(event) && (event.shiftKey || event.code in KEYS)) {
    const verb = event.shiftKey && document.querySelector(`[data-desk-verb='${event.code.slice(3)}']`);
    if (event.shiftKey && !verb) return;
    event.preventDefault();
    event.stopPropagation();
    if (begun) flush();
    if (verb) verb.click();
    else KEYS[event.code]();
  } else if (event.key === "?" && !typing) {
    help.showModal();
  }
};
document.addEventListener("keydown", pressed, { capture: true });

for (const control of document.querySelectorAll("[data-desk-add], [data-desk-keys], [data-desk-usual], [data-desk-begins]")) control.hidden = false;
document.querySelector("[data-desk-add]").addEventListener("click", another);
document.querySelector("[data-desk-keys]").addEventListener("click", () => help.showModal());
for (const verb of document.querySelectorAll("[data-desk-verb]")) verb.addEventListener("click", () => usual(verb));
form.addEventListener("input", written);
form.addEventListener("change", written);
// Wagtail's text editor writes into a hidden field without telling the form, a quarter of a second after each key. A browser may be
// closed before that, and a key of the desk may lead away, so it is asked at each key and before the form goes.
const flush = () => form.elements.text.draftailEditor?.saveState();
form.addEventListener("keyup", ({ target }) => {
  if (!begun || !target.closest(".public-DraftEditor-content")) return;
  flush();
  if (!held && content() !== saved) written();
});
window.setInterval(() => {
  if (begun && !changed && !sending && !held && content() !== saved) written();
}, 300);
form.addEventListener("submit", () => {
  flush();
  changed = false;
  held = true;
});
// Whatever leads away waits for what was written: the minutes may be published next. Where it cannot be saved it is kept here, and
// nobody waits longer than for another try.
const wait = (milliseconds) => new Promise((over) => window.setTimeout(over, milliseconds));
const saveAll = async () => {
  while (sending) await wait(50);
  if (content() !== saved) await save();
};
const settle = () => {
  flush();
  return Promise.race([saveAll(), wait(AGAIN)]);
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]:not([target])");
  if (!link || !begun || held || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  settle().then(() => held || window.location.assign(link.href));
});
window.addEventListener("pagehide", () => {
  if (!begun || held) return;
  flush();
  if (content() !== saved) keep();
});
window.addEventListener("beforeunload", (event) => {
  if (!changed) return;
  keep();
  if (isPrivate) event.preventDefault();
});

// What an earlier page could not save is sent before anything else is written; then the page shows it.
const begin = () => {
  // It writes the same words in another way than the server: an item that nobody wrote on would look changed.
  flush();
  saved = content();
  begun = true;
  form.inert = false;
  form.dataset.begun = "";
  // The text editor has a label of its own only for those who see it.
  document.querySelector(".public-DraftEditor-content")?.setAttribute("aria-label", words.text);
  const left = isPrivate ? null : localStorage.getItem(words.keptAs);
  if (!left || withoutMarks(left) === withoutMarks(saved)) return forget();
  return sendLeft(left);
};

const sendLeft = async (left) => {
  held = true;
  say(words.back);
  try {
    const { status, told } = await send(left);
    if (status >= 500) throw new Error(String(status));
    if (status === 200) {
      forget();
      window.location.reload();
    } else if (status === 409 && "theirs" in told) {
      choose(told, left);
    } else {
      showLeft(left, told.problem ?? (status === 401 ? words.loggedOut : words.forbidden));
    }
  } catch {
    say(words.away);
    window.setTimeout(() => sendLeft(left), AGAIN);
  }
};

// What cannot be sent is shown, to be copied, and stays in this browser beside what is written from now on.
const showLeft = (left, problem) => {
  localStorage.setItem(`${words.keptAs}:before`, left);
  const fields = new URLSearchParams(left);
  const clauses = [...fields].filter(([name]) => /^clauses-\d+-text$/.test(name)).map(([, text]) => text);
  const told = { problem, mine: [plain(fields.get("text")), ...clauses].join("\n"), theirs: "" };
  choose(told, left);
  held = false;
};

const plain = (text) => {
  try {
    return JSON.parse(text).blocks.map((block) => block.text).join("\n");
  } catch {
    return text ?? "";
  }
};

// Words that stand there before the text editor does would pass for words that are saved: so nothing can be written until then.
form.inert = true;
const started = Date.now();
const whenReady = () => {
  const ready = document.querySelector(".public-DraftEditor-content") && form.elements.text?.value;
  if (ready || Date.now() - started > 3000) begin();
  else window.setTimeout(whenReady, 50);
};
whenReady();
