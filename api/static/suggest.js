// Completes what is typed into the search box: a combobox with a listbox after ARIA 1.2.
// Without this script the box is a plain field.
(() => {
  "use strict";
  const PAUSE_MS = 120;
  const box = document.querySelector("[data-suggest]");
  if (!box) return;

  const list = document.createElement("ul");
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestions);
  box.after(list);
  box.autocomplete = "off";
  const told = {
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  };
  Object.entries(told).forEach(([name, value]) => box.setAttribute(name, value));

  let typed = box.value;
  let chosen = -1;
  let waiting = 0;
  let request = null;

  const options = () => [...list.children];

  const stop = () => {
    clearTimeout(waiting);
    if (request) request.abort();
    request = null;
  };

  const close = () => {
    stop();
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  // Marks option number *next*; -1 is the box itself, with what was typed.
  const choose = (next) => {
    chosen = next;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    const option = options()[chosen];
    box.value = option ? option.textContent : typed;
    if (!option) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", option.id);
    return option.scrollIntoView({ block: "nearest" });
  };

  const ask = (text) => {
    box.value = text;
    close();
    box.form.requestSubmit();
  };

  // The name with what was typed of it marked; text nodes only, so that no name is markup.
  const optionFor = (name, at) => {
    const option = document.createElement("li");
    option.id = "suggestion-" + at;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const start = name.toLowerCase().indexOf(typed.trim().toLowerCase());
    const end = start < 0 ? 0 : start + typed.trim().length;
    const known = document.createElement("b");
    known.textContent = name.slice(Math.max(start, 0), end);
    option.append(name.slice(0, Math.max(start, 0)), known, name.slice(end));
    // Before the box loses the focus, which would close the list.
    option.addEventListener("mousedown", (event) => { event.preventDefault(); ask(name); });
    return option;
  };

  const show = (names) => {
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren(...names.map(optionFor));
    list.hidden = !names.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  };

  const fetchNames = async () => {
    const asked = new AbortController();
    request = asked;
    try {
      const address = box.dataset.suggest + "?" + new URLSearchParams({ q: typed });
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      const found = await answer.json();
      if (request === asked) show(found.suggestions.map((each) => each.text));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
    return undefined;
  };

  const renew = () => {
    stop();
    typed = box.value;
    if (!typed.trim()) return close();
    waiting = setTimeout(fetchNames, PAUSE_MS);
    return undefined;
  };

  const move = (step) => {
    const places = options().length + 1; // the box is one of them
    choose(((chosen + 1 + step + places) % places) - 1);
  };

  // While an input method composes, its keys and letters are its own.
  box.addEventListener("input", (event) => { if (!event.isComposing) renew(); });
  box.addEventListener("compositionend", renew);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      box.value = typed;
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      ask(box.value);
    }
  });
})();
