// A web server as a function, by an adapter in a layer: an extension that asks for the invocations, and a wrapper that starts the server in the runtime's place.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PublishLayerVersionCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";
import { ADAPTER } from "./test-extension.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("adapter");
});
afterAll(async () => {
  await at.cloud.close();
});

const SERVER = `
import { createServer } from "node:http";
createServer((request, response) => {
  console.log("served", request.url);
  if (request.url === "/end") process.exit(7);
  response.end(process.env._HANDLER + " " + request.url);
}).listen(Number(process.env.PORT), "127.0.0.1");
`;

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

test("the server answers in place of a handler; its end is the runtime's, and the adapter is not waited for", async () => {
  const files = {
    "extensions/adapter*": `#!/usr/bin/env node\n${ADAPTER}`,
    "bootstrap*": '#!/bin/sh\nexec "$LAMBDA_TASK_ROOT/$_HANDLER"\n',
  };
  const Content = { ZipFile: archive(files) };
  const layer = new PublishLayerVersionCommand({ LayerName: "adapter", Content });
  const { LayerVersionArn = "" } = await at.lambda.send(layer);
  const Variables = { PORT: await freePort(), AWS_LAMBDA_EXEC_WRAPPER: "/opt/bootstrap" };
  const code = { "server.mjs": SERVER, "run.sh*": "#!/bin/sh\nexec node server.mjs\n" };
  const more = { Handler: "run.sh", Layers: [LayerVersionArn], Timeout: 10, Environment: { Variables } };
  await makeFunction(at, "web", code, more);
  const call = async (rawPath: string): Promise<unknown> =>
    (await run(at, "web", { rawPath, requestContext: { http: { method: "GET" } } })).json;
  expect(await call("/orders")).toMatchObject({ statusCode: 200, body: "run.sh /orders" });
  expect(await logOf(at, "web")).toEqual(
    expect.arrayContaining(["EXTENSION\tName: adapter\tState: Ready\tEvents: []\n", "served /orders\n"]),
  );
  expect(await call("/end")).toMatchObject({
    errorType: "Runtime.ExitError",
    errorMessage: expect.stringMatching(/Runtime exited with error: exit status 7$/) as string,
  });
  expect(await call("/again")).toMatchObject({ statusCode: 200 });
  const before = performance.now();
  await at.cloud.close();
  // An extension that has asked for SHUTDOWN has two seconds.
  expect(performance.now() - before).toBeLessThan(2000);
  expect(at.cloud.bugs).toEqual([]);
});
