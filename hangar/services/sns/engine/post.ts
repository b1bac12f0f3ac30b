// One POST to an HTTP subscriber, as SNS makes it. https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html

import { ask } from "../../../cloud/ask.ts";

export type Post = {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** What came back; status 0 when nobody answered. */
export type Answer = { readonly status: number; readonly text: string };

const TIMEOUT = 15_000;
const SHOWN = 500;

export async function post({ url, body, headers }: Post): Promise<Answer> {
  const target = new URL(url);
  const credentials = target.username === "" ? undefined : `${target.username}:${target.password}`;
  target.username = "";
  target.password = "";
  try {
    const response = await ask(target, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        ...headers,
        "User-Agent": "Amazon Simple Notification Service Agent",
        "Accept-Encoding": "gzip,deflate",
        ...(credentials === undefined
          ? {}
          : { Authorization: `Basic ${Buffer.from(decodeURIComponent(credentials)).toString("base64")}` }),
      },
    });
    return { status: response.status, text: (await response.text()).slice(0, SHOWN) };
  } catch (error) {
    const { message, cause } = error as Error;
    return { status: 0, text: cause instanceof Error ? `${message}: ${cause.message}` : message };
  }
}
