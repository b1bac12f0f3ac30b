// The library: every route of the signed-in user.
import { callerOf } from "../http/caller.ts";
import { routesHandler } from "../http/routes.ts";
import type { Route } from "../http/routes.ts";
import type { Answer } from "../http/answer.ts";
import type { Request } from "../http/request.ts";
import { createAlbum } from "./albums/create-album.ts";
import { deleteAlbum } from "./albums/delete-album.ts";
import { getAlbum } from "./albums/get-album.ts";
import { listAlbums } from "./albums/list-albums.ts";
import { updateAlbum } from "./albums/update-album.ts";
import { getStatistics } from "./get-statistics.ts";
import { createImport } from "./imports/create-import.ts";
import { getImport } from "./imports/get-import.ts";
import { createPhoto } from "./photos/create-photo.ts";
import { deletePhoto } from "./photos/delete-photo.ts";
import { getPhoto } from "./photos/get-photo.ts";
import { listPhotos } from "./photos/list-photos.ts";
import { listRecentPhotos } from "./photos/list-recent-photos.ts";
import { sharePhoto } from "./photos/share-photo.ts";
import { updatePhoto } from "./photos/update-photo.ts";

const asCaller =
  (run: (caller: string, request: Request) => Promise<Answer>): Route =>
  async (request) =>
    run(await callerOf(request), request);

export const handler = routesHandler({
  "GET /albums": asCaller(listAlbums),
  "POST /albums": asCaller(createAlbum),
  "GET /albums/{albumId}": asCaller(getAlbum),
  "PUT /albums/{albumId}": asCaller(updateAlbum),
  "DELETE /albums/{albumId}": asCaller(deleteAlbum),
  "GET /albums/{albumId}/photos": asCaller(listPhotos),
  "POST /albums/{albumId}/photos": asCaller(createPhoto),
  "GET /albums/{albumId}/photos/{photoId}": asCaller(getPhoto),
  "PUT /albums/{albumId}/photos/{photoId}": asCaller(updatePhoto),
  "DELETE /albums/{albumId}/photos/{photoId}": asCaller(deletePhoto),
  "POST /albums/{albumId}/photos/{photoId}/shares": asCaller(sharePhoto),
  "GET /photos": asCaller(listRecentPhotos),
  "GET /statistics": asCaller(getStatistics),
  "POST /imports": asCaller(createImport),
  "GET /imports/{importId}": asCaller(getImport),
});
