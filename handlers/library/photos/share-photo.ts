// POST /albums/{albumId}/photos/{photoId}/shares: a link that shows the photo to anybody, for a while.
import { randomBytes } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Share } from "../../domain/items.ts";
import { shareKey } from "../../domain/keys.ts";
import { Refusal } from "../../http/answer.ts";
import type { Answer } from "../../http/answer.ts";
import { wholeNumber } from "../../http/fields.ts";
import type { Request } from "../../http/request.ts";
import { findPhoto } from "./find-photo.ts";

export async function sharePhoto(caller: string, request: Request): Promise<Answer> {
  const minutes = wholeNumber(request.body(), "minutes", 1, 60 * 24 * 30);
  const photo = await findPhoto(caller, request);
  if (photo.status !== "ready") throw new Refusal(409, "The photo is not ready to be shared");
  const share: Share = {
    // Whoever knows the id may look: it must not be guessed.
    id: randomBytes(18).toString("base64url"),
    owner: caller,
    albumId: photo.albumId,
    photoId: photo.id,
    expiresAt: Math.floor(request.now.getTime() / 1000) + minutes * 60,
  };
  await documents.send(new PutCommand({ TableName: tableName(), Item: { ...shareKey(share.id), ...share } }));
  return { status: 201, body: { id: share.id, expiresAt: new Date(share.expiresAt * 1000).toISOString() } };
}
