// Chooses the view that the address asks for.
import { keepSession, session } from "./api.js";
import { element, notice, show } from "./element.js";
import { albumView } from "./views/album.js";
import { albumsView } from "./views/albums.js";
import { importView } from "./views/import.js";
import { shareView } from "./views/share.js";
import { signInView } from "./views/sign-in.js";

const views = [
  [/^#\/shares\/([^/]+)$/, shareView, "public"],
  [/^#\/sign-in$/, signInView, "public"],
  [/^#\/albums$/, albumsView],
  [/^#\/albums\/([^/]+)$/, albumView],
  [/^#\/import$/, importView],
];

function menu() {
  const current = (href) => (location.hash === href ? "page" : undefined);
  const links = [
    element("a", { href: "#/albums", "aria-current": current("#/albums") }, "Albums"),
    element("a", { href: "#/import", "aria-current": current("#/import") }, "Import"),
    element("button", { class: "quiet", type: "button", onclick: signOut }, `Sign out ${session()?.user}`),
  ];
  document.querySelector("#menu").replaceChildren(...(session() === undefined ? [] : links));
}

function signOut() {
  keepSession(undefined);
  location.hash = "#/sign-in";
}

async function open() {
  const hash = location.hash;
  // The link that skips to the content is none of ours.
  if (hash === "#main") return;
  notice("");
  menu();
  const [pattern, view, access] = views.find(([candidate]) => candidate.test(hash)) ?? [/^/, albumsView];
  if (access !== "public" && session() === undefined) {
    location.hash = "#/sign-in";
    return;
  }
  try {
    await view({ id: pattern.exec(hash)?.[1], stillHere: () => location.hash === hash });
  } catch (error) {
    if (error.status === 401) signOut();
    else if (location.hash === hash) show("That did not work", element("p", { role: "alert" }, error.message));
  }
}

addEventListener("hashchange", () => void open());
await open();
