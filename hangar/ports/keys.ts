// What services ask of KMS: envelope encryption under a customer's or an AWS managed key.

import type { Principal } from "../cloud/operation.ts";

export type KeyUse = {
  readonly keyId: string;
  readonly context?: Readonly<Record<string, string>> | undefined;
  /** The original caller's rights are checked through the service (kms:ViaService). */ readonly as?:
    | Principal
    | undefined;
};

export type KeysPort = {
  /** The ARN of a key id, ARN, alias name or alias ARN, in the call's region unless another is given. `alias/aws/<service>` keys come into being on first use. Throws KMS's errors (NotFoundException, DisabledException …). */
  resolve(keyId: string, region?: string): Promise<string>;
  /** Throws KMS's errors for a key that is not there, disabled or about to be deleted; nobody's rights are looked at. A change of it wakes the topic `kms-key:<ARN>`. */
  usable(keyId: string): Promise<void>;
  generateDataKey(
    use: KeyUse,
  ): Promise<{ readonly keyArn: string; readonly plaintext: Uint8Array; readonly ciphertext: Uint8Array }>;
  encrypt(use: KeyUse, plaintext: Uint8Array): Promise<{ readonly keyArn: string; readonly ciphertext: Uint8Array }>;
  decrypt(
    ciphertext: Uint8Array,
    use: { readonly context?: Readonly<Record<string, string>> | undefined; readonly as?: Principal | undefined },
  ): Promise<Uint8Array>;
};
