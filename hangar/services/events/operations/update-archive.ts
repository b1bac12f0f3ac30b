// Changes what an archive keeps, and for how long. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateArchive.html

import type { UpdateArchiveInput, UpdateArchiveOutput } from "../../../models/events.d.ts";
import { invalid } from "../errors.ts";
import { archiveAt } from "../rules/archive.ts";
import { checkedPattern } from "../rules/pattern.ts";
import { operation } from "../store.ts";

export const updateArchive = operation<UpdateArchiveInput, UpdateArchiveOutput>((input, context) => {
  const { EventPattern: pattern, RetentionDays: days, Description: description, KmsKeyIdentifier: key } = input;
  if (pattern === undefined && days === undefined && description === undefined && key === undefined)
    throw invalid("At least one of EventPattern, RetentionDays or Description must be provided.");
  const archive = archiveAt(context, input.ArchiveName);
  if (pattern !== undefined) checkedPattern(pattern);
  context.store.archives.put(archive.name, {
    ...archive,
    pattern: pattern ?? archive.pattern,
    retentionDays: days ?? archive.retentionDays,
    description: description ?? archive.description,
    kmsKeyIdentifier: key ?? archive.kmsKeyIdentifier,
  });
  return { ArchiveArn: archive.arn, State: "ENABLED", CreationTime: new Date(archive.created) };
});
