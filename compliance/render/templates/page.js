"use strict";
for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.copies).textContent;
    const said = document.getElementById("said");
    try {
      await navigator.clipboard.writeText(words);
      said.textContent = button.dataset.done;
    } catch {
      // a page opened from a disk may not use the clipboard: the old way, through a selection
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      said.textContent = document.execCommand("copy") ? button.dataset.done : button.dataset.failed;
      area.remove();
      button.focus();
    }
  });
}
