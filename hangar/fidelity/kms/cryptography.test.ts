// Encryption, signatures and codes of messages, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { newKey, raw, recorded } from "./session.ts";

const T = "TestKMS::test_";
const GENERATE = "TestKMSGenerateKeys::test_";
const MAC = { KeyUsage: "GENERATE_VERIFY_MAC" };
const MESSAGE = Buffer.from("some important message");

const digestLength = (algorithm: string): number => Number(algorithm.slice(-3)) / 8;

function signs(KeySpec: string, SigningAlgorithm: string) {
  return {
    async [`${T}sign_verify[${KeySpec}-${SigningAlgorithm}]`](s: Session): Promise<void> {
      const { KeyId } = await newKey(s, { KeyUsage: "SIGN_VERIFY", KeySpec });
      const Message = Buffer.alloc(digestLength(SigningAlgorithm), 7);
      const asked = { KeyId, SigningAlgorithm, Message, MessageType: "DIGEST" };
      await s.is("signature", "Sign", asked);
      const { Signature } = await raw(s, "Sign", asked);
      await s.is("verification", "Verify", { ...asked, Signature });
      const long = Buffer.alloc(digestLength(SigningAlgorithm) + 1, 7);
      await s.is("bad-digest", "Verify", { ...asked, Message: long, Signature });
      const other = Buffer.alloc(digestLength(SigningAlgorithm), 8);
      await s.is("bad-signature", "Verify", { ...asked, Message: other, Signature });
    },
  };
}

function verifiesMac(KeySpec: string, MacAlgorithm: string) {
  return {
    async [`${T}generate_and_verify_mac[${KeySpec}-${MacAlgorithm}]`](s: Session): Promise<void> {
      const { KeyId } = await newKey(s, { ...MAC, KeySpec });
      const asked = { KeyId, MacAlgorithm, Message: MESSAGE };
      await s.is("generate-mac", "GenerateMac", asked);
      const { Mac } = await raw(s, "GenerateMac", asked);
      await s.is("verify-mac", "VerifyMac", { ...asked, Mac });
      await s.is("generate-mac-invalid-key-id", "GenerateMac", { ...asked, KeyId: "key_id" });
      await s.is("verify-mac-invalid-key-id", "VerifyMac", { ...asked, KeyId: "key_id", Mac });
    },
  };
}

function refusesMac(KeySpec: string, MacAlgorithm: string) {
  return {
    async [`${T}invalid_generate_mac[${KeySpec}-${MacAlgorithm}]`](s: Session): Promise<void> {
      const { KeyId } = await newKey(s, { ...MAC, KeySpec });
      await s.is("generate-mac", "GenerateMac", { KeyId, MacAlgorithm, Message: MESSAGE });
    },
  };
}

function refusesToVerify(MacAlgorithm: string, message: string) {
  return {
    async [`${T}invalid_verify_mac[HMAC_256-${MacAlgorithm}-${message}]`](s: Session): Promise<void> {
      const { KeyId } = await newKey(s, { ...MAC, KeySpec: "HMAC_256" });
      const asked = { KeyId, MacAlgorithm: "HMAC_SHA_256", Message: MESSAGE };
      await s.is("generate-mac", "GenerateMac", asked);
      const { Mac } = await raw(s, "GenerateMac", asked);
      await s.is("verify-mac", "VerifyMac", { KeyId, MacAlgorithm, Message: Buffer.from(message), Mac });
    },
  };
}

function refusesSize(KeySpec: string, EncryptionAlgorithm: string) {
  return {
    async [`${T}encrypt_validate_plaintext_size_per_key_type[${KeySpec}-${EncryptionAlgorithm}]`](s: Session) {
      const { KeyId } = await newKey(s, { KeyUsage: "ENCRYPT_DECRYPT", KeySpec });
      const asked = { KeyId, EncryptionAlgorithm, Plaintext: Buffer.alloc(3072, "c") };
      await s.is("generate-random-exc", "Encrypt", asked);
    },
  };
}

function refusesRandom(NumberOfBytes: number | undefined) {
  return {
    async [`${T}generate_random_invalid_number_of_bytes[${NumberOfBytes ?? "None"}]`](s: Session): Promise<void> {
      await s.is("generate-random-exc", "GenerateRandom", { NumberOfBytes });
    },
  };
}

function random(NumberOfBytes: number) {
  return {
    async [`${T}generate_random[${NumberOfBytes}]`](s: Session): Promise<void> {
      const { Plaintext } = await raw(s, "GenerateRandom", { NumberOfBytes });
      s.matches("result_length", Plaintext?.length);
    },
  };
}

recorded(import.meta.url, "kms", {
  ...signs("RSA_2048", "RSASSA_PSS_SHA_256"),
  ...signs("RSA_2048", "RSASSA_PSS_SHA_384"),
  ...signs("RSA_2048", "RSASSA_PSS_SHA_512"),
  ...signs("RSA_4096", "RSASSA_PKCS1_V1_5_SHA_256"),
  ...signs("RSA_4096", "RSASSA_PKCS1_V1_5_SHA_512"),
  ...signs("ECC_NIST_P256", "ECDSA_SHA_256"),
  ...signs("ECC_NIST_P384", "ECDSA_SHA_384"),
  ...signs("ECC_SECG_P256K1", "ECDSA_SHA_256"),
  ...verifiesMac("HMAC_224", "HMAC_SHA_224"),
  ...verifiesMac("HMAC_256", "HMAC_SHA_256"),
  ...verifiesMac("HMAC_384", "HMAC_SHA_384"),
  ...verifiesMac("HMAC_512", "HMAC_SHA_512"),
  ...refusesMac("HMAC_224", "HMAC_SHA_256"),
  ...refusesToVerify("HMAC_SHA_256", "some different important message"),
  ...refusesToVerify("HMAC_SHA_512", "some important message"),
  ...refusesSize("RSA_2048", "RSAES_OAEP_SHA_1"),
  ...refusesSize("RSA_2048", "RSAES_OAEP_SHA_256"),
  ...refusesSize("RSA_3072", "RSAES_OAEP_SHA_1"),
  ...refusesSize("RSA_3072", "RSAES_OAEP_SHA_256"),
  ...refusesSize("RSA_4096", "RSAES_OAEP_SHA_1"),
  ...refusesSize("RSA_4096", "RSAES_OAEP_SHA_256"),
  ...refusesRandom(undefined),
  ...refusesRandom(0),
  ...refusesRandom(1025),
  ...random(1),
  ...random(12),
  ...random(44),
  ...random(91),
  ...random(1024),
  async [`${T}plaintext_size_for_encrypt`](s) {
    const { KeyId } = await newKey(s);
    const Plaintext = Buffer.alloc(4097, "p");
    await s.is("invalid-plaintext-size-encrypt", "Encrypt", { KeyId, Plaintext });
  },
  async [`${GENERATE}generate_data_key`](s) {
    const { KeyId } = await newKey(s);
    await s.is("generate-data-key-result", "GenerateDataKey", { KeyId, KeySpec: "AES_256" });
  },
  async [`${GENERATE}generate_data_key_without_plaintext`](s) {
    const { KeyId } = await newKey(s);
    const label = "generate-data-key-without-plaintext";
    await s.is(label, "GenerateDataKeyWithoutPlaintext", { KeyId, KeySpec: "AES_256" });
  },
  async [`${GENERATE}generate_data_key_pair`](s) {
    const { KeyId } = await newKey(s);
    await s.is("generate-data-key-pair", "GenerateDataKeyPair", { KeyId, KeyPairSpec: "RSA_2048" });
  },
  async [`${GENERATE}generate_data_key_pair_without_plaintext`](s) {
    const { KeyId } = await newKey(s);
    const label = "generate-data-key-pair-without-plaintext";
    await s.is(label, "GenerateDataKeyPairWithoutPlaintext", { KeyId, KeyPairSpec: "RSA_2048" });
  },
  async [`${T}encrypt_decrypt_encryption_context`](s) {
    const { KeyId } = await newKey(s);
    const EncryptionContext = { context: "value" };
    const asked = { KeyId, Plaintext: Buffer.from("test message 123 !%$@ 1234567890"), EncryptionContext };
    await s.is("encrypt_response", "Encrypt", asked);
    const { CiphertextBlob } = await raw(s, "Encrypt", asked);
    const decrypt = (label: string, more: object) =>
      s.is(`decrypt_response_${label}`, "Decrypt", { KeyId, CiphertextBlob, ...more });
    await decrypt("with_encryption_context", { EncryptionContext });
    await decrypt("without_encryption_context", {});
    await decrypt("with_invalid_ciphertext", { CiphertextBlob: Buffer.from("some broken cipher") });
  },
  async [`${T}error_messaging_for_invalid_keys`](s) {
    const hmac = await newKey(s, { ...MAC, KeySpec: "HMAC_224" });
    const encrypting = await newKey(s, { KeyUsage: "ENCRYPT_DECRYPT", KeySpec: "RSA_2048" });
    const signing = await newKey(s, { KeyUsage: "SIGN_VERIFY", KeySpec: "RSA_2048" });
    const Message = Buffer.from("test message 123 !%$@ 1234567890");
    // Each message names another key by the same word.
    const refuses = async (label: string, operation: string, input: object): Promise<void> => {
      s.bindings.clear();
      await s.is(`${label}-invalid-key-id`, operation, input);
    };
    const mac = { KeyId: encrypting.KeyId, MacAlgorithm: "HMAC_SHA_224", Message };
    await refuses("generate-mac", "GenerateMac", mac);
    const sign = { MessageType: "RAW", SigningAlgorithm: "RSASSA_PSS_SHA_256", Message };
    await refuses("sign", "Sign", { ...sign, KeyId: hmac.KeyId });
    await refuses("verify", "Verify", { ...sign, KeyId: encrypting.KeyId, Signature: Buffer.from("random") });
    const how = { EncryptionAlgorithm: "RSAES_OAEP_SHA_256" };
    await refuses("encrypt", "Encrypt", { KeyId: signing.KeyId, Plaintext: Message, ...how });
    const [one, other] = [await newKey(s), await newKey(s)];
    const { CiphertextBlob } = await raw(s, "Encrypt", { KeyId: one.KeyId, Plaintext: Message });
    await refuses("decrypt", "Decrypt", { KeyId: other.KeyId, CiphertextBlob });
  },
});
