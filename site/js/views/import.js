// Importing a catalogue: a CSV file goes up, JSON lines come back.
import { call, send } from "../api.js";
import { element, field, form, notice, show } from "../element.js";
import { until } from "../until.js";

export async function importView({ stillHere }) {
  const result = element("div", {});
  show(
    "Import a catalogue",
    element("p", { class: "soft" }, "A CSV file whose first line names the columns becomes one JSON object a line."),
    element(
      "div",
      { class: "panel" },
      form(
        {},
        [field("CSV file", { name: "file", type: "file", accept: ".csv,text/csv" })],
        "Convert",
        async (data) => {
          result.replaceChildren();
          result.replaceChildren(...(await convert(data.get("file"), stillHere)));
        },
      ),
    ),
    result,
  );
}

async function convert(file, stillHere) {
  if (file.size === 0) throw new Error("Please choose a CSV file.");
  const started = await call("POST", "imports", { fileName: file.name });
  await send(started.upload, file);
  notice("Converting…");
  const done = await until(
    () => call("GET", `imports/${started.import.id}`),
    ({ status }) => status !== "waiting",
    stillHere,
  );
  notice("");
  if (done.status === "failed") throw new Error(done.reason);
  const lines = await (await fetch(done.linesUrl)).text();
  return [
    element("h2", {}, `${done.rows} ${done.rows === 1 ? "row" : "rows"}`),
    element("pre", { tabindex: "0", "aria-label": "JSON lines" }, lines),
    element("a", { href: done.linesUrl, download: `${file.name}.jsonl` }, "Download the JSON lines"),
  ];
}
