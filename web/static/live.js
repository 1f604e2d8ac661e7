"use strict";
// Waits to be told that something about the plan has changed, then reads the page anew and replaces its parts.
// What is being typed stays: parts hold no boxes to write in, and one with an open menu or a focused button waits.

const root = document.querySelector("[data-live]");
const AGAIN_AFTER_MS = 5000;

function wait() {
  const stream = new EventSource(`${root.dataset.live}?since=${encodeURIComponent(root.dataset.mark)}`);
  stream.addEventListener("changed", () => {
    stream.close();
    refreshOnceSeen();
  });
}

function refreshOnceSeen() {
  if (document.hidden) document.addEventListener("visibilitychange", refreshOnceSeen, { once: true });
  else refresh();
}

async function refresh() {
  try {
    const answer = await fetch(location.pathname + location.search, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return location.reload(); // the login has ended
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    wait();
  } catch {
    setTimeout(refresh, AGAIN_AFTER_MS); // the server is away for the moment
  }
}

function show(fresh) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue;
    part.replaceChildren(...document.adoptNode(now).childNodes);
  }
  root.dataset.mark = fresh.querySelector("[data-live]").dataset.mark;
}

for (const link of document.querySelectorAll(".refresh")) link.hidden = true;
wait();
