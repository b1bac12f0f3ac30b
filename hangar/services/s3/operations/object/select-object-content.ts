// S3 Select: the records of an object that a query chooses, as a stream of events.

import type {
  SelectObjectContentEventStream,
  SelectObjectContentOutput,
  SelectObjectContentRequest,
} from "../../../../models/s3.d.ts";
import { readBody, streamOf } from "../../engine/body.ts";
import { secretOf } from "../../engine/secrets.ts";
import { checkInput, recordsOf } from "../../engine/select/input.ts";
import { checkOutput, writerOf } from "../../engine/select/output.ts";
import { events, type Counts } from "../../engine/select/run.ts";
import { objectAt } from "../../engine/versions.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { fault } from "../../rules/select/faults.ts";
import { planOf } from "../../rules/select/plan.ts";
import { operation } from "../../store.ts";

const UNSUPPORTED = ["GLACIER", "DEEP_ARCHIVE", "REDUCED_REDUNDANCY"];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_SelectObjectContent.html */
export const selectObjectContent = operation<SelectObjectContentRequest, SelectObjectContentOutput>(
  async (input, context) => {
    const found = findBucket(input, context);
    const { InputSerialization: form, OutputSerialization: written, ScanRange: range } = input;
    const object = objectAt(found, { Key: input.Key });
    if (UNSUPPORTED.includes(object.storageClass)) throw fault("UnsupportedStorageClass");
    checkInput(form, range, object.size);
    checkOutput(written);
    const plan = planOf(input.Expression, context.clock.now());
    if (plan.nested && form.CSV !== undefined) throw fault("InvalidKeyPath");
    const secret = await secretOf(context, object.encryption, input);
    const read = (start: number, end: number) =>
      streamOf(readBody(context.blobs, object.segments, secret, { start, end }));
    const counts: Counts = { scanned: 0, processed: 0 };
    const records = recordsOf({ form, range, size: object.size, read }, counts);
    const progress = input.RequestProgress?.Enabled === true;
    return { Payload: await begun(events({ plan, write: writerOf(written), records, counts, progress })) };
  },
);

/** What fails before the first event is an error of the call; afterwards it is one within the stream. */
async function begun(
  stream: AsyncGenerator<SelectObjectContentEventStream>,
): Promise<AsyncGenerator<SelectObjectContentEventStream>> {
  const first = await stream.next();
  return resumed(first, stream);
}

async function* resumed(
  first: IteratorResult<SelectObjectContentEventStream>,
  rest: AsyncGenerator<SelectObjectContentEventStream>,
): AsyncGenerator<SelectObjectContentEventStream> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
