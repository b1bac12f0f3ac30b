// What the suites of connections and API destinations share: connections, and a real server that remembers its calls and gives tokens.

import {
  CreateConnectionCommand,
  type CreateConnectionAuthRequestParameters,
  type EventBridgeClient,
} from "@aws-sdk/client-eventbridge";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

type Received = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type Endpoint = {
  readonly origin: string;
  readonly received: Received[];
  /** Statuses of the next answers; 200 when there are none left. */
  readonly answers: number[];
  forget(): void;
  close(): void;
};

export async function startEndpoint(): Promise<Endpoint> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(answers.shift() ?? 200, { "content-type": "application/json" });
      response.end(url.startsWith("/token") ? '{"access_token":"the-token","token_type":"Bearer"}' : "{}");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    forget() {
      received.length = 0;
      answers.length = 0;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const BASIC = { BasicAuthParameters: { Username: "user", Password: "pass" } };

export const connect = async (
  events: EventBridgeClient,
  Name: string,
  AuthParameters: CreateConnectionAuthRequestParameters = BASIC,
  AuthorizationType: "BASIC" | "API_KEY" | "OAUTH_CLIENT_CREDENTIALS" = "BASIC",
): Promise<string> =>
  (await events.send(new CreateConnectionCommand({ Name, AuthorizationType, AuthParameters }))).ConnectionArn ?? "";

export const oauth = ({ origin }: Endpoint, path = "/token"): CreateConnectionAuthRequestParameters => ({
  OAuthParameters: {
    AuthorizationEndpoint: `${origin}${path}`,
    HttpMethod: "POST",
    ClientParameters: { ClientID: "client_id", ClientSecret: "client_secret" },
    OAuthHttpParameters: { BodyParameters: [{ Key: "scope", Value: "all" }] },
  },
});
