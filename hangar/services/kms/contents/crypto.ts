// The operations of KMS on data: encryption, signatures, codes, by API name.

import { decrypt } from "../operations/crypto/decrypt.ts";
import { deriveSharedSecret } from "../operations/crypto/derive-shared-secret.ts";
import { encrypt } from "../operations/crypto/encrypt.ts";
import { generateDataKey } from "../operations/crypto/generate-data-key.ts";
import { generateDataKeyPair } from "../operations/crypto/generate-data-key-pair.ts";
import { generateDataKeyPairWithoutPlaintext } from "../operations/crypto/generate-data-key-pair-without-plaintext.ts";
import { generateDataKeyWithoutPlaintext } from "../operations/crypto/generate-data-key-without-plaintext.ts";
import { generateMac } from "../operations/crypto/generate-mac.ts";
import { generateRandom } from "../operations/crypto/generate-random.ts";
import { getPublicKey } from "../operations/crypto/get-public-key.ts";
import { reEncrypt } from "../operations/crypto/re-encrypt.ts";
import { sign } from "../operations/crypto/sign.ts";
import { verify } from "../operations/crypto/verify.ts";
import { verifyMac } from "../operations/crypto/verify-mac.ts";

export const cryptoOperations = {
  Decrypt: decrypt,
  DeriveSharedSecret: deriveSharedSecret,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyPair: generateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext: generateDataKeyPairWithoutPlaintext,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GenerateMac: generateMac,
  GenerateRandom: generateRandom,
  GetPublicKey: getPublicKey,
  ReEncrypt: reEncrypt,
  Sign: sign,
  Verify: verify,
  VerifyMac: verifyMac,
};
