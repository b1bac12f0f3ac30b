// Signing in.
import { call, keepSession } from "../api.js";
import { element, field, form, show } from "../element.js";

export async function signInView() {
  const greeting = element("p", { class: "soft", id: "greeting" }, "Your pictures, in orbit.");
  show(
    "Sign in",
    greeting,
    element(
      "div",
      { class: "panel" },
      form(
        {},
        [
          field("User name", { name: "user", autocomplete: "username", required: true }),
          field("Password", { name: "password", type: "password", autocomplete: "current-password", required: true }),
          element(
            "label",
            { class: "check" },
            element("input", { name: "viewOnly", type: "checkbox" }),
            "Only look, change nothing",
          ),
        ],
        "Sign in",
        signIn,
      ),
    ),
  );
  // Without the greeting one can still sign in.
  const welcome = await call("GET", "welcome").catch(() => undefined);
  if (welcome !== undefined) greeting.textContent = welcome.message;
}

async function signIn(data) {
  const [user, password] = [data.get("user").trim(), data.get("password")];
  if (user === "" || password === "") throw new Error("Please give a user name and a password.");
  keepSession(await call("POST", "sessions", { user, password, viewOnly: data.has("viewOnly") }));
  location.hash = "#/albums";
}
