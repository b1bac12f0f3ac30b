// GET /albums/{albumId}/photos/{photoId}
import type { Answer } from "../../http/answer.ts";
import type { Request } from "../../http/request.ts";
import { findPhoto, photoView } from "./find-photo.ts";

export async function getPhoto(caller: string, request: Request): Promise<Answer> {
  return { status: 200, body: await photoView(await findPhoto(caller, request)) };
}
