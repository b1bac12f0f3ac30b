// The dialog that makes a link to a photo.
import { call } from "../api.js";
import { element, field, form } from "../element.js";

const spans = [
  ["60", "One hour"],
  ["1440", "One day"],
  ["10080", "One week"],
];

export function shareDialog(photo) {
  const link = field("Link", { name: "link", readonly: true, id: "share-link" });
  const until = element("p", { class: "soft", role: "status" });
  const result = element("div", { hidden: true }, link, until);
  const choice = element(
    "select",
    { name: "minutes" },
    ...spans.map(([value, label]) => element("option", { value }, label)),
  );
  const dialog = element(
    "dialog",
    { "aria-labelledby": "share-title" },
    element("h2", { id: "share-title" }, "Share this photo"),
    form({}, [element("label", {}, "Anybody with the link may look for", choice)], "Make link", async (data) => {
      const share = await makeShare(photo, Number(data.get("minutes")));
      const input = link.querySelector("input");
      input.value = share.link;
      until.textContent = `Works until ${new Date(share.expiresAt).toLocaleString()}.`;
      result.hidden = false;
      input.focus();
      input.select();
    }),
    result,
    element("button", { class: "quiet", type: "button", onclick: () => dialog.close() }, "Close"),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function makeShare({ albumId, id }, minutes) {
  const share = await call("POST", `albums/${albumId}/photos/${id}/shares`, { minutes });
  return { expiresAt: share.expiresAt, link: new URL(`#/shares/${share.id}`, location.href).href };
}
