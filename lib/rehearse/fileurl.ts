/** Folders as GOPROXY names them. */
import { pathToFileURL } from "node:url";

/** A folder as one item of GOPROXY, where a comma or a bar would end it. */
export function toFileUrl(folder: string): string {
  return pathToFileURL(folder).href.replaceAll(",", "%2C").replaceAll("|", "%7C");
}
