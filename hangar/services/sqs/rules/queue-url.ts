// Queue URLs: `<endpoint>/<account>/<name>`, whatever the host.

import { invalidParameterValue } from "../errors.ts";

export function queueUrl(origin: string, account: string, name: string): string {
  return `${origin}/${account}/${name}`;
}

/** Account and name are the last two segments; a bare name is the caller's own queue. */
export function parseQueueUrl(url: string, account: string): { readonly account: string; readonly name: string } {
  const last = url.lastIndexOf("/");
  if (last < 0) return { account, name: url };
  const before = url.lastIndexOf("/", last - 1);
  const owner = url.slice(before + 1, last);
  return { account: /^\d{12}$/.test(owner) ? owner : account, name: url.slice(last + 1) };
}

const NAME = /^[\w-]{1,80}$/;
const FIFO_NAME = /^[\w-]{1,75}\.fifo$/;

export function checkQueueName(name: string, fifo: boolean): void {
  if (fifo) {
    if (FIFO_NAME.test(name)) return;
    throw invalidParameterValue(
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (!NAME.test(name))
    throw invalidParameterValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
}
