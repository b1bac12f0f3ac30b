// GET /albums/{albumId}
import type { Answer } from "../../http/answer.ts";
import type { Request } from "../../http/request.ts";
import { albumView, findAlbum } from "./find-album.ts";

export async function getAlbum(caller: string, request: Request): Promise<Answer> {
  return { status: 200, body: albumView(await findAlbum(caller, request.path("albumId"))) };
}
