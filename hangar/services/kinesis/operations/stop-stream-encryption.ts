// Has what is written from now on stored in the clear. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StopStreamEncryption.html

import type { StopStreamEncryptionInput, StopStreamEncryptionOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { invalidArgument } from "../errors.ts";
import { operation } from "../store.ts";

export const stopStreamEncryption = operation<StopStreamEncryptionInput, StopStreamEncryptionOutput>(
  (input, context) => {
    const { stream, store } = findStream(context, input);
    if (input.EncryptionType !== "KMS") throw invalidArgument("EncryptionType must be KMS to stop stream encryption.");
    const { encryption: _encryption, ...plain } = stream;
    store.streams.put(stream.name, plain);
    return {};
  },
);
