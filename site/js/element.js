// Builds elements: element("a", { href: "#" }, "text", child).
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** Shows a view; its heading gets the focus, so that a screen reader says where one is. */
export function show(title, ...children) {
  const heading = element("h1", { tabindex: "-1" }, title);
  document.title = `${title} · Nebula`;
  document.querySelector("#main").replaceChildren(heading, ...children.filter((child) => child !== undefined));
  heading.focus();
  return heading;
}

export function notice(text) {
  document.querySelector("#notice").textContent = text;
}

/** A form that runs something when it is sent, and shows why when that fails. */
export function form(properties, fields, label, send) {
  const problem = element("p", { class: "problem", role: "alert" });
  const button = element("button", { type: "submit" }, label);
  const node = element("form", { novalidate: true, ...properties }, ...fields, button, problem);
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    button.disabled = true;
    try {
      await send(new FormData(node), node);
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
  return node;
}

export function field(label, properties) {
  return element("label", {}, label, element("input", { autocomplete: "off", ...properties }));
}
