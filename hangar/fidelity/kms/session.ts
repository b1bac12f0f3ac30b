// The recorded client of KMS, and keys as those tests had them.

import * as sdk from "@aws-sdk/client-kms";
import { recorder } from "../recorded.ts";
import type { Session } from "../session.ts";
import { withBytesShown } from "../wire.ts";

/** What is another in each run was recorded as the name of its member. */
const CHANCE = /"(CiphertextBlob|Plaintext|PublicKey|PrivateKeyCiphertextBlob|PrivateKeyPlaintext)":"[a-z-]+"/g;

export const recorded = recorder(import.meta.url, {
  service: "kms",
  sdk,
  asRecorded: (answer) =>
    JSON.parse(JSON.stringify(answer).replaceAll(CHANCE, '"$1":"<content>"').replaceAll('"<mac>"', '"<content>"')),
  asShown: (_operation, members) => withBytesShown(members) as object,
});

type Bytes = Readonly<Partial<Record<"Signature" | "Mac" | "CiphertextBlob" | "Plaintext", Uint8Array>>>;

/** An answer with its bytes as they are. */
export async function raw(s: Session, operation: string, input: object): Promise<Bytes> {
  const Command = (sdk as unknown as Record<string, new (input: object) => object>)[`${operation}Command`];
  if (Command === undefined) throw new Error(`The SDK has no ${operation}.`);
  return s.own.client().send(new Command(input));
}

export type Key = { readonly KeyId: string; readonly Arn: string };

export async function newKey(s: Session, more: object = {}): Promise<Key> {
  return (await s.do("CreateKey", more))["KeyMetadata"] as Key;
}

/** Recorded were the metadata alone. */
export async function describes(s: Session, label: string, KeyId: string): Promise<void> {
  s.matches(label, (await s.do("DescribeKey", { KeyId }))["KeyMetadata"]);
}
