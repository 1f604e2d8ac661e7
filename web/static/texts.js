"use strict";
// Says how many texts one's words will take, by the rules of domain/sms_segments.py (3GPP TS 23.038 and 23.040).
// The page brings the sentences in its language; "#" stands for the count.

const box = document.querySelector("textarea[data-begins]");
const cost = document.getElementById("cost");
const [basic, extended] = [new Set(box?.dataset.basic), new Set(box?.dataset.extended)];
const OTHERWISE = [[/[‘’‚‛′ʼ`´]/g, "'"], [/[“”„‟″«»]/g, '"'], [/[‐‑‒–—―−]/g, "-"], [/[\u00a0\u202f\u2007\u2009\u200a\t]/g, " "],
  [/…/g, "..."], [/[•·]/g, "-"], [/×/g, "x"], [/½/g, "1/2"], [/¼/g, "1/4"], [/¾/g, "3/4"], [/°/g, " deg"], [/[™®©]/g, ""]];

function plain(character) {
  if (basic.has(character) || extended.has(character)) return character;
  const bare = [...character.normalize("NFKD")].filter((part) => !/\p{M}/u.test(part));
  if (bare.length && bare.every((part) => basic.has(part) || extended.has(part))) return bare.join("");
  return /[\p{L}\p{M}\p{N}]/u.test(character) ? character : "";
}

function parts(widths, alone, joined) {
  if (widths.reduce((sum, width) => sum + width, 0) <= alone) return 1;
  let [count, used] = [1, 0];
  for (const width of widths) {
    if (used + width > joined) [count, used] = [count + 1, 0];
    used += width;
  }
  return count;
}

function texts(words) {
  const composed = OTHERWISE.reduce((text, [from, to]) => text.replace(from, to), words.normalize("NFC"));
  const characters = [...box.dataset.begins, ...[...composed].map(plain).join("")];
  if (characters.every((each) => basic.has(each) || extended.has(each)))
    return parts(characters.map((each) => (extended.has(each) ? 2 : 1)), 160, 153);
  return parts(characters.map((each) => (each.codePointAt(0) > 0xffff ? 2 : 1)), 70, 67);
}

function say() {
  if (!box.value.trim()) return;
  const count = texts(box.value.trim());
  cost.textContent = count === 1 ? cost.dataset.one : cost.dataset.many.replaceAll("#", count);
}

if (box && cost) {
  box.addEventListener("input", say);
  say();
}
