// The text of a report in marked pieces. Text is set as text, never as markup.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".text");
  if (root.dataset.stamp !== data.stamp) {
    root.dataset.stamp = data.stamp;
    root.replaceChildren(...data.blocks.map((block) => {
      const line = document.createElement(block.heading ? "h3" : "p");
      line.append(...block.pieces.map(([text, mark]) => {
        if (mark === null) return document.createTextNode(text);
        const [kind, said] = data.marks[mark];
        const span = document.createElement("span");
        span.textContent = text;
        span.className = "m " + kind;
        span.dataset.mark = mark;
        span.title = said;
        span.setAttribute("role", "button");
        span.setAttribute("aria-label", text + ": " + said);
        if (!kind.startsWith("other")) span.tabIndex = 0;
        return span;
      }));
      return line;
    }));
    const markOf = (event) => event.target.closest(".m");
    const pick = (span) => setTriggerValue("picked", Number(span.dataset.mark));
    // What is pressed is picked, though the text move under the pointer before it is let go:
    // while a page is being written, the browser would tell the click of what both places share.
    root.onpointerdown = (down) => {
      const span = markOf(down);
      if (!span || down.button !== 0) return;
      document.addEventListener("pointerup", (up) => {
        const moved = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY);
        if (up.pointerId === down.pointerId && moved < 5) pick(span);
      }, { once: true });
    };
    root.onclick = (event) => {  // by an assistive device, not by a pointer
      const span = markOf(event);
      if (span && event.detail === 0) pick(span);
    };
    root.onkeydown = (event) => {
      const span = markOf(event);
      if (!span || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      pick(span);
    };
  }
  for (const old of root.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  const chosen = root.querySelector(`[data-mark="${Number(data.chosen)}"]`);
  if (chosen) {
    chosen.setAttribute("aria-current", "true");
    const middle = chosen.offsetTop - root.clientHeight / 2;
    if (chosen.offsetTop < root.scrollTop || chosen.offsetTop > root.scrollTop + root.clientHeight - 40)
      root.scrollTop = Math.max(0, middle);
  }
}
