// Keeps a bus's events from now on, all or those that fit. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html

import type { CreateArchiveInput, CreateArchiveOutput } from "../../../models/events.d.ts";
import { archiveExists } from "../errors.ts";
import { checkedPattern } from "../rules/pattern.ts";
import { busAt, operation, type Archive } from "../store.ts";

export const createArchive = operation<CreateArchiveInput, CreateArchiveOutput>((input, context) => {
  const { account, region, clock, store } = context;
  const { ArchiveName: name, EventPattern: pattern } = input;
  if (store.archives.has(name)) throw archiveExists(name);
  const bus = busAt(context, input.EventSourceArn);
  if (pattern !== undefined) checkedPattern(pattern);
  const archive: Archive = {
    name,
    arn: `arn:aws:events:${region}:${account}:archive/${name}`,
    bus: bus.name,
    busArn: bus.arn,
    description: input.Description,
    pattern,
    kmsKeyIdentifier: input.KmsKeyIdentifier,
    retentionDays: input.RetentionDays ?? 0,
    created: clock.now(),
  };
  store.archives.put(name, archive);
  return { ArchiveArn: archive.arn, State: "ENABLED", CreationTime: new Date(archive.created) };
});
