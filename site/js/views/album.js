// One album: upload pictures, watch their thumbnails appear, share and delete them.
import { call, send } from "../api.js";
import { element, notice, show } from "../element.js";
import { until } from "../until.js";
import { shareDialog } from "./share-dialog.js";

const kinds = ["image/jpeg", "image/png", "image/gif"];

export async function albumView({ id, stillHere }) {
  const [album, { photos }] = await Promise.all([
    call("GET", `albums/${id}`),
    call("GET", `albums/${id}/photos?limit=100`),
  ]);
  const list = element("ul", { class: "photos", "aria-label": "Photos" });
  const place = { id, list, stillHere };
  const problem = element("p", { class: "problem", role: "alert" });
  show(
    album.title,
    element("p", { class: "soft" }, album.description),
    dropZone((files) => uploadAll(files, place, problem)),
    problem,
    list,
    element("button", { class: "quiet", type: "button", onclick: () => deleteAlbum(album) }, "Delete this album"),
  );
  for (const photo of photos) void add(photo, place);
}

function dropZone(upload) {
  const input = element("input", { type: "file", accept: kinds.join(","), multiple: true });
  const zone = element(
    "div",
    { class: "drop" },
    element("label", {}, "Add pictures: choose them, or drop them here", input),
  );
  input.addEventListener("change", async () => {
    await upload([...input.files]);
    input.value = "";
  });
  const over = (event) => {
    event.preventDefault();
    zone.classList.toggle("over", event.type === "dragover");
  };
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", over);
  zone.addEventListener("drop", (event) => {
    over(event);
    upload([...event.dataTransfer.files]);
  });
  return zone;
}

async function uploadAll(files, place, problem) {
  problem.textContent = "";
  for (const file of files) {
    try {
      notice(`Uploading ${file.name}`);
      const { photo, upload } = await call("POST", `albums/${place.id}/photos`, {
        fileName: file.name,
        contentType: file.type,
        bytes: file.size,
      });
      void add(photo, place, send(upload, file));
      notice(`${file.name} is on its way`);
    } catch (error) {
      notice("");
      problem.textContent = `${file.name}: ${error.message}`;
    }
  }
}

/** Shows a photo now, and again when it is ready. */
async function add(photo, place, upload) {
  const item = element("li", {}, figure(photo, place));
  place.list.append(item);
  if (!waits(photo)) return;
  try {
    await upload;
    const address = `albums/${place.id}/photos/${photo.id}`;
    const settled = await until(
      () => call("GET", address),
      (now) => !waits(now),
      place.stillHere,
    );
    item.replaceChildren(figure(settled, place));
    if (place.stillHere()) notice(`${settled.fileName} is ${settled.status}`);
  } catch (error) {
    item.querySelector(".frame").textContent = error.message;
  }
}

const waits = ({ status }) => status === "waiting" || status === "accepted";

function figure(photo, place) {
  const name = photo.caption || photo.fileName;
  const frame =
    photo.status === "ready"
      ? element(
          "a",
          { class: "frame", href: photo.pictureUrl, target: "_blank", rel: "noopener" },
          element("img", { src: photo.thumbnailUrl, alt: name }),
        )
      : element("div", { class: "frame" }, waits(photo) ? "Developing…" : `Refused: ${photo.reason}`);
  const share = element("button", { class: "quiet", type: "button", onclick: () => shareDialog(photo) }, "Share");
  const remove = element(
    "button",
    { class: "quiet", type: "button", onclick: (event) => deletePhoto(photo, place, event) },
    "Delete",
  );
  remove.setAttribute("aria-label", `Delete ${name}`);
  share.setAttribute("aria-label", `Share ${name}`);
  const actions = element("div", { class: "actions" }, ...(photo.status === "ready" ? [share, remove] : [remove]));
  return element("figure", { "data-status": photo.status }, frame, element("figcaption", {}, name, actions));
}

async function deletePhoto(photo, place, event) {
  const item = event.target.closest("li");
  await attempt(async () => {
    await call("DELETE", `albums/${place.id}/photos/${photo.id}`);
    item.remove();
    notice(`${photo.fileName} was deleted`);
  });
}

async function deleteAlbum({ id, title }) {
  if (!confirm(`Delete “${title}” and all its photos?`)) return;
  await attempt(async () => {
    await call("DELETE", `albums/${id}`);
    location.hash = "#/albums";
  });
}

async function attempt(run) {
  try {
    await run();
  } catch (error) {
    notice(error.message);
  }
}
