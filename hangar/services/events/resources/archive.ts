// AWS::Events::Archive: made, changed and deleted through the service's own operations.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeArchiveOutput } from "../../../models/events.d.ts";

export const archive: ResourceType = {
  type: "AWS::Events::Archive",
  properties: ["ArchiveName", "Description", "EventPattern", "RetentionDays", "SourceArn"],
  inert: { KmsKeyIdentifier: "noted and shown; events are not encrypted at rest" },
  async create(properties, context) {
    const name = (properties["ArchiveName"] as string | undefined) ?? context.physicalName(48);
    const { ArchiveArn } = await context.call("events", "CreateArchive", {
      ArchiveName: name,
      EventSourceArn: properties["SourceArn"],
      ...settingsOf(properties),
    });
    return { id: name, attributes: { Arn: ArchiveArn, ArchiveName: name } };
  },
  async update(state, properties, _previous, context) {
    const unset = { Description: "", RetentionDays: 0 };
    await context.call("events", "UpdateArchive", { ArchiveName: state.id, ...unset, ...settingsOf(properties) });
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("events", "DeleteArchive", { ArchiveName: state.id }));
  },
  /** A pattern once set can only be changed: without one the archive is another. */
  replaces: (properties, previous) =>
    previous["EventPattern"] !== undefined && properties["EventPattern"] === undefined,
  async read(id, context) {
    const found = (await unlessGone(context.call("events", "DescribeArchive", { ArchiveName: id }))) as
      | DescribeArchiveOutput
      | undefined;
    if (found === undefined) return undefined;
    const { ArchiveName, ArchiveArn, EventSourceArn, Description, EventPattern, RetentionDays } = found;
    return {
      ArchiveName,
      Arn: ArchiveArn,
      SourceArn: EventSourceArn,
      RetentionDays,
      ...(Description === undefined ? {} : { Description }),
      ...(EventPattern === undefined ? {} : { EventPattern: JSON.parse(EventPattern) as object }),
    };
  },
};

function settingsOf(properties: Properties): Readonly<Record<string, unknown>> {
  const { Description, EventPattern, RetentionDays, KmsKeyIdentifier } = properties;
  const pattern =
    EventPattern === undefined || typeof EventPattern === "string" ? EventPattern : JSON.stringify(EventPattern);
  const settings = { Description, EventPattern: pattern, RetentionDays, KmsKeyIdentifier };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
