// Extensions for suites, as text of CommonJS modules: one that tells of each event, and an adapter for web servers.

/** Tells the address in `LISTENER`; `EXTENSION` says what it does besides. */
export const WATCHER = `
const http = require("node:http");
const base = "http://" + process.env.AWS_LAMBDA_RUNTIME_API;
const tell = (what, more) => fetch(process.env.LISTENER, { method: "POST", body: JSON.stringify({ who: process.env.AWS_LAMBDA_FUNCTION_NAME, what, ...more }) });
const { name = "watcher", api = "/2022-07-01/telemetry", pause = 0, fails } = JSON.parse(process.env.EXTENSION);
const listen = () => new Promise((resolve) => {
  const server = http.createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    await tell("telemetry", { events: JSON.parse(text) });
    response.end();
  });
  server.listen(0, "sandbox.localdomain", () => resolve(server.address().port));
});
(async () => {
  if (fails === "crash") process.exit(3);
  const registered = await fetch(base + "/2020-01-01/extension/register", { method: "POST", headers: { "Lambda-Extension-Name": name, "Lambda-Extension-Accept-Feature": "accountId" }, body: JSON.stringify({ events: ["INVOKE", "SHUTDOWN"] }) });
  const id = registered.headers.get("lambda-extension-identifier");
  const headers = { "Lambda-Extension-Identifier": id };
  await tell("registered", { ...(await registered.json()), own: process.env._HANDLER ?? "none", args: require("node:fs").readdirSync("/opt/extensions") });
  if (fails === "init") {
    await fetch(base + "/2020-01-01/extension/init/error", { method: "POST", headers: { ...headers, "Lambda-Extension-Function-Error-Type": "Extension.NoConfiguration" }, body: "{}" });
    process.exit(1);
  }
  const URI = "http://sandbox.localdomain:" + (await listen()) + "/in";
  const subscription = { schemaVersion: "2022-12-13", types: ["platform", "function", "extension"], buffering: { timeoutMs: 25 }, destination: { protocol: "HTTP", URI } };
  const subscribed = await fetch(base + api, { method: "PUT", headers, body: JSON.stringify(subscription) });
  if (!subscribed.ok) await tell("refused", await subscribed.json());
  for (;;) {
    const next = await fetch(base + "/2020-01-01/extension/event/next", { headers });
    const event = await next.json();
    console.log("watched " + event.eventType);
    await new Promise((done) => setTimeout(done, pause));
    await tell(event.eventType, { ...event, left: event.deadlineMs - Date.now() });
    if (event.eventType === "SHUTDOWN") process.exit(0);
  }
})();
`;

/** As AWS Lambda Web Adapter works: registered for nothing, it is the one who asks the Runtime API for invocations, and passes them on to a server on `PORT`. */
export const ADAPTER = `
const base = "http://" + process.env.AWS_LAMBDA_RUNTIME_API;
const server = "http://127.0.0.1:" + process.env.PORT;
(async () => {
  const { basename } = require("node:path");
  const registered = await fetch(base + "/2020-01-01/extension/register", { method: "POST", headers: { "Lambda-Extension-Name": basename(process.argv[1]) }, body: JSON.stringify({ events: [] }) });
  const headers = { "Lambda-Extension-Identifier": registered.headers.get("lambda-extension-identifier") };
  void fetch(base + "/2020-01-01/extension/event/next", { headers });
  while (!(await fetch(server).catch(() => false))) await new Promise((done) => setTimeout(done, 10));
  for (;;) {
    const next = await fetch(base + "/2018-06-01/runtime/invocation/next");
    const { rawPath = "/", body, requestContext } = await next.json();
    const answer = await fetch(server + rawPath, { method: requestContext.http.method, body });
    const said = { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
    const id = next.headers.get("lambda-runtime-aws-request-id");
    await fetch(base + "/2018-06-01/runtime/invocation/" + id + "/response", { method: "POST", body: JSON.stringify(said) });
  }
})();
`;
