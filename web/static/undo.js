// Counts down how long a decision may be taken back, then takes the button away. Without it a late tap is told so.
for (const form of document.querySelectorAll("form.undo")) {
  const words = form.querySelector(".hint");
  const until = Date.now() + 1000 * Number(form.dataset.seconds);
  const tick = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) {
      clearInterval(tick);
      form.remove();
    } else {
      words.textContent = (left === 1 ? form.dataset.one : form.dataset.many).replace("{n}", left);
    }
  }, 500);
}
