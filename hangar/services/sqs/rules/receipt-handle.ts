// Receipt handles: which message, and which of its receipts.

import { receiptHandleIsInvalid } from "../errors.ts";

export type Receipt = { readonly queue: string; readonly arrival: number; readonly receiveCount: number };

/** `salt` makes them look like AWS's, and differ. */
export function formatReceiptHandle({ queue, arrival, receiveCount }: Receipt, salt: string): string {
  return Buffer.from(`${salt} ${queue} ${arrival} ${receiveCount}`).toString("base64");
}

export function parseReceiptHandle(handle: string, queue: string): Receipt {
  const [, name, arrival, receiveCount] = Buffer.from(handle, "base64").toString("utf8").split(" ");
  if (name !== queue || !/^\d+$/.test(arrival ?? "") || !/^\d+$/.test(receiveCount ?? ""))
    throw receiptHandleIsInvalid(handle);
  return { queue, arrival: Number(arrival), receiveCount: Number(receiveCount) };
}
