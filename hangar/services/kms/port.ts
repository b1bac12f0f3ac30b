// What KMS gives other services: envelope encryption, with the original caller's rights checked through the service.

import type { CallOptions } from "../../cloud/operation.ts";
import type { KeysPort, KeyUse } from "../../ports/keys.ts";
import { decrypt } from "./operations/crypto/decrypt.ts";
import { encrypt } from "./operations/crypto/encrypt.ts";
import { generateDataKey } from "./operations/crypto/generate-data-key.ts";
import { checkUsable, findKey } from "./rules/find-key.ts";
import type { KmsContext } from "./store.ts";

const NOTHING = new Uint8Array();

export function keysPort(context: KmsContext): KeysPort {
  return {
    resolve: (keyId, region) => Promise.resolve().then(() => findKey(context, keyId, region).arn),
    usable: (keyId) => Promise.resolve().then(() => checkUsable(findKey(context, keyId))),
    async generateDataKey(use) {
      const {
        KeyId = "",
        Plaintext = NOTHING,
        CiphertextBlob = NOTHING,
      } = await context.call(
        generateDataKey,
        { KeyId: use.keyId, KeySpec: "AES_256", EncryptionContext: use.context },
        options(context, use),
      );
      return { keyArn: KeyId, plaintext: Plaintext, ciphertext: CiphertextBlob };
    },
    async encrypt(use, plaintext) {
      const { KeyId = "", CiphertextBlob = NOTHING } = await context.call(
        encrypt,
        { KeyId: use.keyId, Plaintext: plaintext, EncryptionContext: use.context },
        options(context, use),
      );
      return { keyArn: KeyId, ciphertext: CiphertextBlob };
    },
    async decrypt(ciphertext, use) {
      const { Plaintext = NOTHING } = await context.call(
        decrypt,
        { CiphertextBlob: ciphertext, EncryptionContext: use.context },
        options(context, use),
      );
      return Plaintext;
    },
  };
}

/** The span is the calling service's: `s3:PutObject`. Aliases are those of the account that call is in. */
function options(context: KmsContext, { as }: Pick<KeyUse, "as">): CallOptions {
  const service = context.span.name.split(":")[0] ?? "";
  const { caller, account, region } = context;
  const via = caller.kind === "service" ? caller : { ...caller, via: `${service}.amazonaws.com` };
  return { as: as ?? via, account, region };
}
