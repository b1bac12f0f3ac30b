// Docker's registry protocol, over plain HTTP: log in, push, pull, and what is refused.

import * as sdk from "@aws-sdk/client-ecr";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestOf, IMAGE, manifestOf, repositoryName, startRegistry, type Registry } from "./test-registry.ts";

let at: Registry;
let uri: string;
let authorization: string;

beforeAll(async () => {
  at = await startRegistry();
  const { repositories } = await at.ecr.send(new sdk.DescribeRepositoriesCommand({}));
  uri = repositories?.[0]?.repositoryUri ?? "";
  authorization = await login(at.ecr);
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function login(ecr: sdk.ECRClient): Promise<string> {
  const { authorizationData } = await ecr.send(new sdk.GetAuthorizationTokenCommand({}));
  return `Basic ${authorizationData?.[0]?.authorizationToken}`;
}

/** A path below the repository, or a location that was answered. */
type Sent = { readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

async function ask(method: string, path: string, { body, headers }: Sent = {}): Promise<Response> {
  const base = `http://${uri.replace("/", "/v2/")}/`;
  return fetch(new URL(path, base), { method, headers: { authorization, ...headers }, body: body ?? null });
}

async function push(text: string): Promise<Response> {
  const begun = await ask("POST", "blobs/uploads/");
  const sent = await ask("PATCH", begun.headers.get("location") ?? "", { body: text });
  return ask("PUT", `${sent.headers.get("location")}?digest=${digestOf(text)}`);
}

test("the registry asks for a login, and takes GetAuthorizationToken's for twelve hours", async () => {
  const registry = `${new URL(`http://${uri}`).origin}/v2/`;
  const stranger = await fetch(registry);
  expect([stranger.status, stranger.headers.get("www-authenticate"), await stranger.json()]).toEqual([
    401,
    `Basic realm="${new URL(registry).origin}/",service="ecr.amazonaws.com"`,
    { errors: [{ code: "UNAUTHORIZED", message: "Not Authorized" }] },
  ]);
  const { authorizationData } = await at.ecr.send(new sdk.GetAuthorizationTokenCommand({}));
  const [{ expiresAt, proxyEndpoint, authorizationToken } = {}] = authorizationData ?? [];
  expect(proxyEndpoint).toBe(new URL(registry).origin);
  const left = (expiresAt?.getTime() ?? 0) - at.cloud.clock.now();
  expect(left / 3_600_000).toBeCloseTo(12, 1);
  const known = await fetch(registry, { headers: { authorization: `Basic ${authorizationToken}` } });
  expect([known.status, known.headers.get("docker-distribution-api-version")]).toEqual([200, "registry/2.0"]);
  const wrong = Buffer.from("AWS:guessed").toString("base64");
  expect((await fetch(registry, { headers: { authorization: `Basic ${wrong}` } })).status).toBe(401);
});

test("what is pushed is pulled as it was", async () => {
  const config = '{"architecture":"amd64"}';
  const layer = "the bytes of a layer";
  expect((await ask("HEAD", `blobs/${digestOf(layer)}`)).status).toBe(404);
  const pushed = await push(layer);
  expect([pushed.status, pushed.headers.get("docker-content-digest")]).toEqual([201, digestOf(layer)]);
  await push(config);
  expect((await push(config)).status).toBe(201);
  const present = await ask("HEAD", `blobs/${digestOf(layer)}`);
  expect([present.status, present.headers.get("content-length")]).toEqual([200, String(layer.length)]);
  expect(await (await ask("GET", `blobs/${digestOf(layer)}`)).text()).toBe(layer);
  const manifest = manifestOf(config, [layer]);
  const kept = await ask("PUT", "manifests/v1", { body: manifest, headers: { "content-type": IMAGE } });
  expect([kept.status, kept.headers.get("docker-content-digest")]).toEqual([201, digestOf(manifest)]);
  for (const name of ["v1", digestOf(manifest)]) {
    const pulled = await ask("GET", `manifests/${name}`);
    expect([pulled.headers.get("content-type"), await pulled.text()]).toEqual([IMAGE, manifest]);
  }
  expect(await (await ask("GET", "tags/list")).json()).toEqual({ name: repositoryName, tags: ["v1"] });
  const { imageIds } = await at.ecr.send(new sdk.ListImagesCommand({ repositoryName }));
  expect(imageIds).toEqual([{ imageDigest: digestOf(manifest), imageTag: "v1" }]);
});

test("a layer's own address needs no login, and leads to that layer for an hour", async () => {
  const layerDigest = digestOf("the bytes of a layer");
  const { downloadUrl = "" } = await at.ecr.send(
    new sdk.GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
  );
  expect(await (await fetch(downloadUrl)).text()).toBe("the bytes of a layer");
  const other = downloadUrl.replace(layerDigest, digestOf('{"architecture":"amd64"}'));
  expect((await fetch(other)).status).toBe(403);
  await at.cloud.clock.advance("1 hour");
  expect((await fetch(downloadUrl)).status).toBe(403);
});

test("what is not there, and what is not what it says, is refused in the registry's words", async () => {
  const code = async (answer: Promise<Response>): Promise<unknown> => {
    const response = await answer;
    const { errors } = (await response.json()) as { errors: { code: string }[] };
    return [response.status, errors[0]?.code];
  };
  expect(await code(ask("GET", "manifests/none"))).toEqual([404, "MANIFEST_UNKNOWN"]);
  expect(await code(ask("GET", `blobs/${digestOf("none")}`))).toEqual([404, "BLOB_UNKNOWN"]);
  expect(await code(ask("POST", "../none/blobs/uploads/"))).toEqual([404, "NAME_UNKNOWN"]);
  expect(await code(ask("PUT", "manifests/v2", { body: manifestOf("no", ["no"]) }))).toEqual([
    404,
    "MANIFEST_BLOB_UNKNOWN",
  ]);
  expect(await code(ask("PUT", "manifests/v2", { body: "no json" }))).toEqual([400, "MANIFEST_INVALID"]);
  const begun = await ask("POST", "blobs/uploads/");
  const location = `${begun.headers.get("location")}?digest=${digestOf("other")}`;
  expect(await code(ask("PUT", location, { body: "text" }))).toEqual([400, "DIGEST_INVALID"]);
  expect(await code(ask("DELETE", "manifests/v1"))).toEqual([405, "UNSUPPORTED"]);
});

test("who logged in may do what their policies allow", async () => {
  const iam = new IAMClient(at.cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: "reader" }));
  const Action = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"];
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*" }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName: "reader", PolicyName: "read", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  const headers = { authorization: await login(new sdk.ECRClient({ ...at.cloud.clientConfig(), credentials })) };
  expect((await ask("GET", "manifests/v1", { headers })).status).toBe(200);
  const refused = await ask("POST", "blobs/uploads/", { headers });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain("is not authorized to perform: ecr:InitiateLayerUpload on resource");
});

test("a login ends after twelve hours", async () => {
  await at.cloud.clock.advance("12 hours");
  const late = await ask("GET", "manifests/v1");
  expect(await late.json()).toEqual({
    errors: [{ code: "UNAUTHORIZED", message: "Your authorization token has expired. Reauthenticate and try again." }],
  });
});
