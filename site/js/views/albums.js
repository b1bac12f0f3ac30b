// All albums, the newest photos, and how much there is.
import { call } from "../api.js";
import { element, field, form, show } from "../element.js";

export async function albumsView() {
  const [{ albums }, { photos }, counts] = await Promise.all([
    call("GET", "albums?limit=100"),
    call("GET", "photos?limit=6"),
    call("GET", "statistics"),
  ]);
  show(
    "Albums",
    element(
      "p",
      { class: "counts" },
      count(counts.albums, "album", "albums"),
      count(counts.photos, "photo", "photos"),
      count(Math.ceil(counts.bytes / 1024), "kilobyte", "kilobytes"),
    ),
    albums.length === 0
      ? element("p", {}, "You have no album yet. Make your first one.")
      : element("ul", { class: "cards" }, ...albums.map((album) => element("li", {}, card(album)))),
    element("h2", {}, "New album"),
    element(
      "div",
      { class: "panel wide" },
      form(
        { class: "row" },
        [
          field("Title", { name: "title", maxlength: "120" }),
          field("Description (optional)", { name: "description", maxlength: "1000" }),
        ],
        "Make album",
        makeAlbum,
      ),
    ),
    ...(photos.length === 0 ? [] : [element("h2", {}, "Newest photos"), newest(photos)]),
  );
}

const count = (number, one, many) =>
  element("span", {}, element("b", {}, String(number)), ` ${number === 1 ? one : many}`);

const card = ({ id, title, description }) =>
  element(
    "a",
    { class: "card", href: `#/albums/${id}` },
    element("strong", {}, title),
    element("span", { class: "soft" }, description),
  );

const newest = (photos) =>
  element(
    "ul",
    { class: "photos" },
    ...photos.map(({ albumId, caption, fileName, thumbnailUrl }) =>
      element(
        "li",
        {},
        element(
          "a",
          { href: `#/albums/${albumId}` },
          element(
            "figure",
            {},
            element("div", { class: "frame" }, element("img", { src: thumbnailUrl, alt: caption || fileName })),
          ),
        ),
      ),
    ),
  );

async function makeAlbum(data) {
  const title = data.get("title").trim();
  if (title === "") throw new Error("Please give the album a title.");
  const album = await call("POST", "albums", { title, description: data.get("description").trim() });
  location.hash = `#/albums/${album.id}`;
}
