// Lights up the words that a note rests on, and the notes that rest on words. Nothing is needed to read the page.
"use strict";
(function () {
  const light = (ids, on) => {
    for (const id of ids) {
      const note = document.getElementById(id);
      if (note) note.classList.toggle("lit", on);
      for (const words of document.querySelectorAll('[data-notes~="' + CSS.escape(id) + '"]')) {
        words.classList.toggle("lit", on);
      }
    }
  };
  const idsOf = (element) => {
    const words = element.closest("[data-notes]");
    if (words) return words.dataset.notes.split(" ");
    const note = element.closest(".note");
    return note ? [note.id] : [];
  };
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => light(idsOf(event.target), true));
    document.addEventListener(end, (event) => light(idsOf(event.target), false));
  }
  document.addEventListener("click", (event) => {
    const words = event.target.closest("[data-notes]");
    if (words && !event.target.closest("a")) location.hash = words.dataset.notes.split(" ")[0];
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const button = document.querySelector('button[data-key="' + CSS.escape(event.key) + '"]');
    if (button) button.click();
    const next = event.key === "n" && document.querySelector(".queue a");
    if (next) next.click();
  });
})();
