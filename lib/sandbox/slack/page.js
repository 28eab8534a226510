/** The page of the fake Slack: it shows what the server has drawn and tells it what was clicked on. */
const CONTROL = "/_sandbox/slack";
const REFRESH_MS = 1_000;

const at = (id) => document.getElementById(id);
let version = "";
let shown = { people: "", modal: "" };
let channel = "";
let isHome = false;

async function post(path, body) {
  at("status").textContent = "";
  const response = await fetch(`${CONTROL}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user: at("person").value, ...body }),
  });
  const answer = await response.json();
  if (!response.ok) at("status").textContent = answer.error?.message ?? "That did not work.";
  else if (answer.status === null) at("status").textContent = "The app did not respond in time.";
  else if (answer.status >= 400) at("status").textContent = `The app answered ${answer.status}.`;
  await refresh();
}

async function refresh() {
  const query = new URLSearchParams({ user: at("person").value, channel });
  const screen = await (await fetch(`${CONTROL}/screen?${query}`)).json();
  if (screen.version === version) return;
  version = screen.version;
  const people = JSON.stringify([screen.people, screen.channels]);
  if (people !== shown.people) showPlaces(screen, people);
  const open = new Set([...document.querySelectorAll("details[open]")].map((each) => each.dataset.thread));
  at("messages").innerHTML = screen.channel;
  at("home").innerHTML = screen.home;
  for (const each of document.querySelectorAll("details")) each.open = open.has(each.dataset.thread);
  if (screen.modal !== shown.modal) showModal(screen.modal);
}

function showPlaces({ people, channels }, key) {
  const before = at("person").value;
  at("person").replaceChildren(...people.map(({ id, label }) => new Option(label, id)));
  if (people.some(({ id }) => id === before)) at("person").value = before;
  at("channels").replaceChildren(
    ...channels.map(({ id, label }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.dataset.open = id;
      return button;
    }),
  );
  shown = { ...shown, people: key };
  channel ||= channels[0]?.id ?? "";
  version = "";
  showTab();
  void refresh();
}

function showTab() {
  at("messages").hidden = isHome;
  at("home").hidden = !isHome;
  at("homeTab").setAttribute("aria-current", String(isHome));
  for (const each of at("channels").children) {
    each.setAttribute("aria-current", String(!isHome && each.dataset.open === channel));
  }
}

function showModal(html) {
  shown = { ...shown, modal: html };
  // What was typed stays where the dialog comes back with a word on what is wrong.
  const typed = new Map(
    [...at("modal").querySelectorAll("[data-block]")].map((field) => [field.dataset.block, field.value]),
  );
  const same = at("modal").querySelector("form")?.dataset.view;
  at("modal").innerHTML = html;
  const form = at("modal").querySelector("form");
  if (form === null) {
    at("modal").close();
    return;
  }
  if (form.dataset.view === same) {
    for (const field of form.querySelectorAll("[data-block]"))
      field.value = typed.get(field.dataset.block) ?? field.value;
  }
  if (!at("modal").open) at("modal").showModal();
}

function placeOf(element) {
  const message = element.closest("[data-ts]");
  if (message !== null) return { message: { channel: message.dataset.channel, ts: message.dataset.ts } };
  return { view: element.closest("[data-view]")?.dataset.view };
}

async function use(element, value) {
  const { block, action, confirm, url } = element.dataset;
  if (confirm !== undefined && !window.confirm(confirm)) return;
  if (url !== undefined) window.open(url, "_blank", "noreferrer");
  const click = { ...placeOf(element), actionId: action, blockId: block };
  element.disabled = true;
  await post("/click", value === undefined ? click : { ...click, value });
  element.disabled = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button === null) return;
  if (button.dataset.action !== undefined) await use(button, button.dataset.value);
  else if (button.dataset.close !== undefined) await post("/close", {});
  else if (button.dataset.open !== undefined) {
    channel = button.dataset.open;
    isHome = false;
    showTab();
    await refresh();
  } else if (button.id === "homeTab") {
    isHome = true;
    showTab();
    await post("/home", {});
  }
});

document.addEventListener("change", async (event) => {
  const field = event.target;
  if (field.id === "person") {
    version = "";
    await refresh();
  } else if (field.dataset.action !== undefined && field.closest(".input") === null) {
    await use(field, field.value);
  }
});

at("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  void post("/close", {});
});

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (event.target.id === "command") {
    const [command = "", ...words] = at("text").value.trim().split(" ");
    at("text").value = "";
    await post("/command", { channel, command, text: words.join(" ") });
    return;
  }
  const fields = {};
  for (const field of event.target.querySelectorAll("[data-block]")) {
    const isOff = (field.type === "radio" || field.type === "checkbox") && !field.checked;
    if (!isOff && field.value !== "") {
      fields[field.dataset.block] = [fields[field.dataset.block], field.value].filter(Boolean).join(",");
    }
  }
  await post("/submit", { fields });
});

await refresh();
setInterval(() => void refresh().catch(() => {}), REFRESH_MS);
