// Says how large a record of a stream may be. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html

import type { UpdateMaxRecordSizeInput, UpdateMaxRecordSizeOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { operation } from "../store.ts";

export const updateMaxRecordSize = operation<UpdateMaxRecordSizeInput, UpdateMaxRecordSizeOutput>((input, context) => {
  const { stream, store } = findStream(context, input);
  store.streams.put(stream.name, { ...stream, maxRecordKiB: input.MaxRecordSizeInKiB });
  return {};
});
