// Honours #line=2154,2155 (RFC 5147) and #page=3: marks the lines and brings them into view.
// Without this script the anchors #L2155 work alone.
(() => {
  "use strict";
  const lines = document.querySelector(".source");
  const text = document.querySelector("[data-source]");

  const chosen = () => {
    const match = /^#line=(\d+)(?:,(\d+))?$/.exec(decodeURIComponent(location.hash));
    return match && { first: Number(match[1]) + 1, last: Number(match[2] || Number(match[1]) + 1) };
  };

  const show = () => {
    const range = chosen();
    if (!range) return;
    if (!lines) {
      if (text) location.replace(text.dataset.source + location.hash);
      return;
    }
    lines.querySelectorAll(".chosen").forEach((line) => line.classList.remove("chosen"));
    for (let number = range.first; number <= range.last; number += 1) {
      const line = document.getElementById("L" + number);
      if (line) line.classList.add("chosen");
    }
    const first = document.getElementById("L" + range.first);
    if (first) first.scrollIntoView({ block: "center" });
  };

  window.addEventListener("hashchange", show);
  show();
})();
