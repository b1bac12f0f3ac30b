// Shows an archive with its counts. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeArchive.html

import type { DescribeArchiveInput, DescribeArchiveOutput } from "../../../models/events.d.ts";
import { archiveAt, shownArchive } from "../rules/archive.ts";
import { operation } from "../store.ts";

export const describeArchive = operation<DescribeArchiveInput, DescribeArchiveOutput>((input, context) => {
  const archive = archiveAt(context, input.ArchiveName);
  return {
    ...shownArchive(context, archive),
    ArchiveArn: archive.arn,
    Description: archive.description,
    EventPattern: archive.pattern,
    KmsKeyIdentifier: archive.kmsKeyIdentifier,
  };
});
