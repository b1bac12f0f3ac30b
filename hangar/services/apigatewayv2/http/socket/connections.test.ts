// @connections and the clock: messages posted to clients, who may post them, and how long clients may stay.

import { once } from "node:events";
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import {
  asked,
  closeSocketCloud,
  integrationOf,
  open,
  socketApi,
  startSocketCloud,
  twoWay,
  urlOf,
  type SocketCloud,
} from "./test-socket-api.ts";

let at: SocketCloud;
let id: string;

beforeAll(async () => {
  at = await startSocketCloud("apigatewayv2-connections");
  id = await socketApi(at);
  const who = await integrationOf(at, id, { IntegrationType: "MOCK" }, { $default: "$context.connectionId" });
  await twoWay(at, id, who, { RouteKey: "$default" });
});

afterAll(() => closeSocketCloud(at));

describe("@connections", () => {
  const management = (endpoint: string) =>
    new ApiGatewayManagementApiClient({ ...at.cloud.clientConfig(), requestHandler: undefined, endpoint } as never);
  const here = () => management(`${at.cloud.endpoint}/_aws/execute-api/${id}/live`);

  async function connected(): Promise<{ readonly socket: WebSocket; readonly ConnectionId: string }> {
    const socket = await open(at, urlOf(at, id));
    return { socket, ConnectionId: await asked(socket, "who") };
  }

  test("a message is posted, a connection is told of and ended", async () => {
    const { socket, ConnectionId } = await connected();
    const message = once(socket, "message") as Promise<[Buffer]>;
    await here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from("hello") }));
    expect((await message)[0].toString()).toBe("hello");
    expect(await here().send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({
      ConnectedAt: expect.any(Date) as Date,
      LastActiveAt: expect.any(Date) as Date,
      Identity: { SourceIp: "127.0.0.1" },
    });
    const closed = once(socket, "close") as Promise<[number]>;
    await here().send(new DeleteConnectionCommand({ ConnectionId }));
    expect((await closed)[0]).toBe(1000);
    const gone = { name: "GoneException", $metadata: { httpStatusCode: 410 } };
    await expect(here().send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject(gone);
    await expect(here().send(new DeleteConnectionCommand({ ConnectionId }))).rejects.toMatchObject(gone);
    await expect(
      here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from("x") })),
    ).rejects.toMatchObject(gone);
    const never = here().send(new GetConnectionCommand({ ConnectionId: "AAAAAAAAAAAAAAA=" }));
    await expect(never).rejects.toMatchObject(gone);
    await expect(here().send(new GetConnectionCommand({ ConnectionId: "none" }))).rejects.toMatchObject({
      name: "BadRequestException",
      message: "Invalid connectionId: none",
    });
  });

  test("128 KB may be posted, and no more", async () => {
    const { socket, ConnectionId } = await connected();
    await here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(128 * 1024, "x") }));
    await expect(
      here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(128 * 1024 + 1, "x") })),
    ).rejects.toMatchObject({ name: "PayloadTooLargeException", $metadata: { httpStatusCode: 413 } });
    socket.close();
  });

  test("only those may post whom IAM allows", async () => {
    const { socket, ConnectionId } = await connected();
    await at.iam.send(new CreateUserCommand({ UserName: "poster" }));
    const { AccessKey } = await at.iam.send(new CreateAccessKeyCommand({ UserName: "poster" }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    const post = (stage = "live") =>
      new ApiGatewayManagementApiClient({
        region: "us-east-1",
        endpoint: `${at.cloud.endpoint}/_aws/execute-api/${id}/${stage}`,
        credentials,
      }).send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from("x") }));
    await expect(post()).rejects.toMatchObject({ name: "ForbiddenException" });
    const Resource = `arn:aws:execute-api:us-east-1:000000000000:${id}/live/POST/@connections/*`;
    const statement = { Effect: "Allow", Action: "execute-api:ManageConnections", Resource };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await at.iam.send(new PutUserPolicyCommand({ UserName: "poster", PolicyName: "post", PolicyDocument }));
    await post();
    const closed = once(socket, "close");
    socket.close();
    await closed;
    await expect.poll(() => post().then(String, (error: Error) => error.name)).toBe("GoneException");
    await expect(post("other")).rejects.toMatchObject({ name: "ForbiddenException" });
  });

  test("a fork has none of its parent's connections, and its own are its own", async () => {
    const { socket, ConnectionId } = await connected();
    await using fork = at.cloud.fork();
    const { endpoint } = await fork.listen();
    const there = management(`${endpoint}/_aws/execute-api/${id}/live`);
    await expect(there.send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject({
      name: "GoneException",
    });
    const own = await open(at, urlOf(at, id, Number(new URL(endpoint).port)));
    const ownId = await asked(own, "who");
    expect(await there.send(new GetConnectionCommand({ ConnectionId: ownId }))).toMatchObject({});
    await expect(here().send(new GetConnectionCommand({ ConnectionId: ownId }))).rejects.toMatchObject({
      name: "GoneException",
    });
    own.close();
    socket.close();
  });
});

describe("on the clock", () => {
  test("ten minutes of silence end a connection, two hours end any", async () => {
    await using fork = at.cloud.fork();
    fork.clock.hold();
    const { endpoint } = await fork.listen();
    const url = urlOf(at, id, Number(new URL(endpoint).port));
    const silent = await open(at, url);
    const silentEnd = once(silent, "close") as Promise<[number, Buffer]>;
    const busy = await open(at, url);
    const busyEnd = once(busy, "close") as Promise<[number, Buffer]>;
    await asked(silent, "first");
    for (let minutes = 0; minutes < 115; minutes += 9) {
      await fork.clock.advance("9 minutes");
      if (busy.readyState === busy.OPEN) await asked(busy, "still here");
    }
    const [code, reason] = await silentEnd;
    expect([code, reason.toString(), busy.readyState]).toEqual([1001, "Going away", busy.OPEN]);
    await fork.clock.advance("4 minutes");
    expect((await busyEnd)[0]).toBe(1001);
  });
});
