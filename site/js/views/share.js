// What a share link shows to anybody who has it.
import { call } from "../api.js";
import { element, show } from "../element.js";

export async function shareView({ id }) {
  const photo = await call("GET", `shares/${encodeURIComponent(id)}`);
  const name = photo.caption || photo.fileName;
  show(
    name,
    element("p", { class: "soft" }, `Shared with you until ${new Date(photo.expiresAt).toLocaleString()}.`),
    element("img", { class: "picture", src: photo.pictureUrl, alt: name, width: photo.width, height: photo.height }),
  );
}
