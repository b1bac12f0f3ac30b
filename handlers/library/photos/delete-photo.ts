// DELETE /albums/{albumId}/photos/{photoId}
import type { Answer } from "../../http/answer.ts";
import type { Request } from "../../http/request.ts";
import { findPhoto } from "./find-photo.ts";
import { removePhoto } from "./remove-photo.ts";

export async function deletePhoto(caller: string, request: Request): Promise<Answer> {
  await removePhoto(await findPhoto(caller, request));
  return { status: 204 };
}
