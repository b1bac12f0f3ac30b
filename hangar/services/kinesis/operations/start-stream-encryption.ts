// Has what is written from now on encrypted under a KMS key. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html

import type { StartStreamEncryptionInput, StartStreamEncryptionOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { invalidArgument, kmsRefusal } from "../errors.ts";
import { operation } from "../store.ts";

export const startStreamEncryption = operation<StartStreamEncryptionInput, StartStreamEncryptionOutput>(
  async (input, context) => {
    const { stream } = findStream(context, input);
    if (input.EncryptionType !== "KMS") throw invalidArgument("EncryptionType must be KMS to start stream encryption.");
    try {
      await context.ports.keys.resolve(input.KeyId);
    } catch (error) {
      throw kmsRefusal(error);
    }
    const { store } = findStream(context, input);
    const now = store.streams.get(stream.name) ?? stream;
    store.streams.put(stream.name, { ...now, encryption: { keyId: input.KeyId } });
    return {};
  },
);
