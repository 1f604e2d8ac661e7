"use strict";
// Puts what is told of a story into the page as it comes. The server sends finished pieces of the page.

const story = document.getElementById("story");

function piece(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function withoutTheEmptyWord(list) {
  list.querySelector(":scope > .none")?.remove();
  return list;
}

function addBubble(list, html) {
  withoutTheEmptyWord(list).append(piece(html));
  list.parentElement.hidden = false;
  list.scrollTop = list.scrollHeight;
}

const put = {
  day: (text) => { document.getElementById("story-day").textContent = text; },
  timeline: (html) => withoutTheEmptyWord(document.getElementById("story-timeline")).prepend(piece(html)),
  texts: (html) => addBubble(document.getElementById("story-texts"), html),
  mail: (html) => addBubble(document.getElementById("story-mail"), html),
  charts: (html) => document.getElementById("story-charts").replaceChildren(piece(html)),
  end: (html) => document.getElementById("story-end").replaceChildren(piece(html)),
};

for (const list of document.querySelectorAll("#story .bubbles")) list.scrollTop = list.scrollHeight;

if (story?.dataset.news) {
  const news = new EventSource(story.dataset.news);
  news.addEventListener("told", (event) => {
    for (const [where, what] of Object.entries(JSON.parse(event.data))) put[where](what);
  });
  // The page as it is at the end has the button that plays the story again.
  news.addEventListener("over", () => { news.close(); location.reload(); });
}
