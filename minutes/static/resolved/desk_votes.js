// What a clerk begins with one press at the desk: a show of hands, a vote by name of everybody who may vote on the item, an amendment,
// a declaration of interest. Each opens its panel and puts the cursor where the writing starts.
const form = document.querySelector("[data-desk]");
const CAST = { f: "for", a: "against", x: "abstain" };
const COUNTS = { for: "votes_for", against: "votes_against", abstain: "abstentions" };

const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));
const put = (field, value) => {
  if (field.value === String(value)) return;
  field.value = value;
  changed(field);
};

// A panel that is folded up opens first: what is hidden takes no cursor.
const unfold = (field) => {
  for (let panel = field.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
};
const goTo = (field) => {
  unfold(field);
  // Wagtail gives a new row the cursor itself, and leads to it slowly.
  window.setTimeout(() => {
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
};

const rowsOf = (list) => [...document.querySelectorAll(`#id_${list}-FORMS > :not(.deleted)`)];
const fieldIn = (row, name) => row.querySelector(`[name$="-${name}"]`);
const addRow = (list) => {
  const add = document.getElementById(`id_${list}-ADD`);
  unfold(add);
  add.click();
  return rowsOf(list).at(-1);
};

const votes = () => rowsOf("votes");
const may = () => JSON.parse(document.getElementById("desk-voters").textContent);
const bare = (name) => name.split(",")[0].trim().toLowerCase();

const byName = () => {
  put(form.elements.manner, "named");
  const there = new Set(votes().map((row) => bare(fieldIn(row, "name").value)));
  for (const name of may().filter((one) => !there.has(bare(one)))) put(fieldIn(addRow("votes"), "name"), name);
  const row = votes().find((one) => !fieldIn(one, "cast").value) ?? votes().at(0) ?? addRow("votes");
  goTo(fieldIn(row, fieldIn(row, "name").value ? "cast" : "name"));
};

// The counts of a vote by name are those of its names.
const count = () => {
  if (form.elements.manner.value !== "named") return;
  const cast = votes().map((row) => fieldIn(row, "cast").value);
  if (!cast.some(Boolean)) return;
  for (const [how, name] of Object.entries(COUNTS)) put(form.elements[name], cast.filter((one) => one === how).length);
};

const BEGINS = {
  hands: () => {
    put(form.elements.manner, "show_of_hands");
    goTo(form.elements.votes_for);
  },
  names: byName,
  amends: () => goTo(fieldIn(addRow("amendments"), "text")),
  interest: () => goTo(fieldIn(addRow("interests"), "name")),
};
for (const [name, begin] of Object.entries(BEGINS)) {
  document.querySelector(`[data-desk-key="${name}"]`).addEventListener("click", begin);
}

form.addEventListener("change", ({ target }) => {
  if (/^votes-\d+-cast$/.test(target.name) || target.name === "manner" || target.name.endsWith("-DELETE")) count();
});

// One letter says how a member voted, and leads to the next.
document.getElementById("id_votes-FORMS").addEventListener("keydown", (event) => {
  const how = CAST[event.key.toLowerCase()];
  if (!how || !/^votes-\d+-cast$/.test(event.target.name) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  put(event.target, how);
  const all = votes();
  const next = all[all.indexOf(event.target.closest("[data-inline-panel-child]")) + 1];
  if (next) goTo(fieldIn(next, "cast"));
});
