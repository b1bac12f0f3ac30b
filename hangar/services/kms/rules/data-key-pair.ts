// Data key pairs: the private key goes out encrypted under a symmetric key.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { dryRun } from "../errors.ts";
import type { Key, KmsContext } from "../store.ts";
import { checkSymmetric } from "./encryption.ts";
import { seal, type EncryptionContext } from "./envelope.ts";
import { usableKey } from "./find-key.ts";
import { specFacts } from "./key-specs.ts";
import { keyPair } from "./material.ts";

type PairInput = {
  readonly KeyId: string;
  readonly KeyPairSpec: string;
  readonly EncryptionContext?: EncryptionContext | undefined;
  readonly DryRun?: boolean | undefined;
};
type Pair = {
  readonly key: Key;
  readonly plaintext: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly publicKey: Uint8Array;
};

export async function dataKeyPair(context: KmsContext, input: PairInput, operation: string): Promise<Pair> {
  const key = usableKey(context, input.KeyId, { usage: "ENCRYPT_DECRYPT", operation });
  checkSymmetric(key, operation);
  const facts = specFacts(input.KeyPairSpec);
  if (facts === undefined) throw notEmulated(`the key pair spec ${input.KeyPairSpec}`);
  if (input.DryRun === true) throw dryRun();
  const { privateKey, publicKey } = await keyPair(facts);
  const plaintext = privateKey.export({ type: "pkcs8", format: "der" });
  return {
    key,
    plaintext,
    ciphertext: seal(key, plaintext, input.EncryptionContext ?? {}, context.ids),
    publicKey: publicKey.export({ type: "spki", format: "der" }),
  };
}
