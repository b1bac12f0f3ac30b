// Gives the public half of an asymmetric key. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html

import type { GetPublicKeyInput, GetPublicKeyOutput } from "../../../../models/kms.d.ts";
import { unsupported } from "../../errors.ts";
import { checkUsable, findKey } from "../../rules/find-key.ts";
import { specFacts } from "../../rules/key-specs.ts";
import { publicKeyBytes } from "../../rules/material.ts";
import { type Material, operation } from "../../store.ts";

export const getPublicKey = operation<GetPublicKeyInput, GetPublicKeyOutput>((input, context) => {
  const key = findKey(context, input.KeyId);
  checkUsable(key);
  const facts = specFacts(key.spec);
  if (facts === undefined || key.spec === "SYMMETRIC_DEFAULT" || key.usage === "GENERATE_VERIFY_MAC")
    throw unsupported(`${key.arn} is not an asymmetric key.`);
  return {
    KeyId: key.arn,
    PublicKey: publicKeyBytes(key.material.at(-1) as Material),
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    ...(key.usage === "ENCRYPT_DECRYPT" ? { EncryptionAlgorithms: facts.encryption } : {}),
    ...(key.usage === "SIGN_VERIFY" ? { SigningAlgorithms: facts.signing } : {}),
    ...(key.usage === "KEY_AGREEMENT" ? { KeyAgreementAlgorithms: ["ECDH"] } : {}),
  };
});
