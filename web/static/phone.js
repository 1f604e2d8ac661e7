"use strict";
// Looks for new messages every two seconds. Only lists of messages are replaced, so that what is being typed stays.

const EVERY_MS = 2000;
const phones = document.getElementById("phones");

function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

function replaceMessages(old, fresh) {
  const before = old.querySelector(".bubbles");
  const after = fresh.querySelector(".bubbles");
  if (before.innerHTML === after.innerHTML) return;
  const wasAtEnd = before.scrollHeight - before.scrollTop - before.clientHeight < 40;
  before.replaceChildren(...after.childNodes);
  if (wasAtEnd) toEnd(before);
}

// A thread that appeared takes the place of its person's column, or of everything where the person is new. What is
// being typed elsewhere moves over to the new boxes.
function rebuild(fresh) {
  const typed = new Map();
  for (const box of phones.querySelectorAll("textarea")) typed.set(box.form.action, box);
  for (const box of fresh.querySelectorAll("textarea")) {
    const old = typed.get(box.form.action);
    if (old) box.value = old.value;
  }
  const focused = document.activeElement?.form?.action;
  phones.replaceChildren(...fresh.childNodes);
  for (const box of phones.querySelectorAll("textarea")) if (box.form.action === focused) box.focus();
  phones.querySelectorAll(".bubbles").forEach(toEnd);
}

function threads(root) {
  return new Map([...root.querySelectorAll("[data-thread]")].map((thread) => [thread.dataset.thread, thread]));
}

function show(html) {
  const parsed = new DOMParser().parseFromString(`<div id="fresh">${html}</div>`, "text/html");
  const fresh = document.adoptNode(parsed.getElementById("fresh"));
  const [old, now] = [threads(phones), threads(fresh)];
  const same = old.size === now.size && [...now.keys()].every((id) => old.has(id));
  if (same) now.forEach((thread, id) => replaceMessages(old.get(id), thread));
  else rebuild(fresh);
}

async function look() {
  const answer = await fetch(phones.dataset.fragment, { headers: { Accept: "text/html" }, redirect: "manual" });
  if (answer.type === "opaqueredirect") location.reload(); // the login has ended
  else if (answer.ok) show(await answer.text());
}

async function keepLooking() {
  try {
    if (!document.hidden) await look();
  } catch {
    // The server is away for the moment; the next look tries again.
  }
  setTimeout(keepLooking, EVERY_MS);
}

phones.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const text = form.elements.text.value;
  if (!text.trim()) return;
  const body = new URLSearchParams(new FormData(form));
  form.elements.text.value = "";
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect" && !answer.ok) throw new Error("refused");
    await look();
  } catch {
    form.elements.text.value = text;
  }
});

phones.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea") && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.getElementById("refresh").hidden = true;
phones.querySelectorAll(".bubbles").forEach(toEnd);
setTimeout(keepLooking, EVERY_MS);
