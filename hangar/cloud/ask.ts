// One HTTP request to an address that a user gave: fetch, but names below localhost, which few resolvers know, are this machine.

import { request } from "node:http";

export type Ask = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
};

export type Asked = { readonly status: number; text(): Promise<string> };

/** Follows no redirect. */
export async function ask(url: string | URL, { body, ...options }: Ask): Promise<Asked> {
  const target = new URL(url);
  if (target.protocol === "http:" && target.hostname.endsWith(".localhost"))
    return askHere(target, { body, ...options });
  return fetch(target, { ...options, redirect: "manual", ...(body === undefined ? {} : { body }) });
}

function askHere({ host, port, pathname, search }: URL, { method, headers, body, signal }: Ask): Promise<Asked> {
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const options = { host: "127.0.0.1", port, path: pathname + search, method, signal };
  return new Promise((resolve, reject) => {
    const asking = request({ ...options, headers: { ...headers, ...length, host } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, text: () => Promise.resolve(Buffer.concat(chunks).toString()) }),
      );
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
