// Where everything is: the keys of the table's items and of the buckets' objects.
export const userKey = (user: string) => ({ pk: `USER#${user}`, sk: "PROFILE" });
export const albumKey = (user: string, albumId: string) => ({ pk: `USER#${user}`, sk: `ALBUM#${albumId}` });
export const importKey = (user: string, importId: string) => ({ pk: `USER#${user}`, sk: `IMPORT#${importId}` });
export const photoKey = (albumId: string, photoId: string) => ({ pk: `ALBUM#${albumId}`, sk: `PHOTO#${photoId}` });
export const shareKey = (shareId: string) => ({ pk: `SHARE#${shareId}`, sk: "SHARE" });
export const statisticsKey = (user: string) => ({ pk: `USER#${user}`, sk: "STATISTICS" });
export const totalsKey = { pk: "STATISTICS", sk: "TOTALS" } as const;
export const countedKey = (eventId: string) => ({ pk: `COUNTED#${eventId}`, sk: "COUNTED" });

/** The global index holds photos that wait for their upload, and each user's ready photos, by time. */
export const waitingIndex = (createdAt: string) => ({ gsi1pk: "WAITING", gsi1sk: createdAt });
export const readyIndex = (user: string, createdAt: string) => ({ gsi1pk: `READY#${user}`, gsi1sk: createdAt });

export type PhotoPlace = { readonly owner: string; readonly albumId: string; readonly photoId: string };

const object = (room: string, { owner, albumId, photoId }: PhotoPlace): string =>
  `${room}/${owner}/${albumId}/${photoId}`;
export const incomingObject = (place: PhotoPlace): string => object("incoming", place);
export const photoObject = (place: PhotoPlace): string => object("photos", place);
export const thumbnailObject = (place: PhotoPlace): string => `${object("thumbnails", place)}.jpg`;
export const importObject = (user: string, importId: string): string => `imports/${user}/${importId}.csv`;
export const convertedObject = (user: string, importId: string): string => `converted/${user}/${importId}.jsonl`;

/** The photo that an object belongs to; undefined when the key is none of ours. */
export function placeOf(key: string): PhotoPlace | undefined {
  const [room, owner, albumId, photoId, ...rest] = key.split("/");
  if (room !== "incoming" && room !== "photos") return undefined;
  if (!owner || !albumId || !photoId || rest.length > 0) return undefined;
  return { owner, albumId, photoId };
}

/** S3 events carry keys as HTML forms do: + for a space, the rest percent-encoded. */
export const keyOfEvent = (encoded: string): string => decodeURIComponent(encoded.replaceAll("+", " "));
