// What one change of the table does to its owner's counters.
import type { DynamoDBRecord } from "aws-lambda";

export type Change = {
  readonly owner: string;
  readonly albums: number;
  readonly photos: number;
  readonly bytes: number;
};

type Image = NonNullable<NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"]>;

const countedBytes = (image: Image | undefined): number | undefined =>
  image?.["status"]?.S === "ready" ? Number(image["bytes"]?.N ?? 0) : undefined;

/** Albums count as they come and go; photos count while they are ready. */
export function changeOf({ dynamodb }: DynamoDBRecord): Change | undefined {
  const { NewImage: after, OldImage: before, Keys } = dynamodb ?? {};
  const owner = (after ?? before)?.["owner"]?.S;
  const sortKey = Keys?.["sk"]?.S ?? "";
  if (owner === undefined) return undefined;
  if (sortKey.startsWith("ALBUM#")) {
    return some({ owner, albums: Number(after !== undefined) - Number(before !== undefined), photos: 0, bytes: 0 });
  }
  if (!sortKey.startsWith("PHOTO#")) return undefined;
  const [now, then] = [countedBytes(after), countedBytes(before)];
  const photos = Number(now !== undefined) - Number(then !== undefined);
  return some({ owner, albums: 0, photos, bytes: (now ?? 0) - (then ?? 0) });
}

const some = (change: Change): Change | undefined =>
  change.albums === 0 && change.photos === 0 && change.bytes === 0 ? undefined : change;
