// Signs what goes out, under the key of the account and region that sends it.

import { newSigningKey, signature } from "../engine/signing-key.ts";
import { textToSign, type Notice, type Signed } from "../rules/notification.ts";
import type { SnsContext, Topic } from "../store.ts";

const KEY = "key";

/** FIFO topics send unsigned. */
export async function sign(context: SnsContext, topic: Topic | undefined, notice: Notice): Promise<Signed> {
  if (topic?.fifo === true) return undefined;
  let key = context.store.signingKeys.get(KEY);
  if (key === undefined) {
    key = await newSigningKey();
    context.store.signingKeys.put(KEY, key);
  }
  const version = topic?.attributes["SignatureVersion"] ?? "1";
  return {
    version,
    signature: signature(textToSign(notice), key, version),
    certificate: `${context.endpoint}/${key.name}`,
  };
}
