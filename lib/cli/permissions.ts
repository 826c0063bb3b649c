/** Giving up what a command does not need before anything of a repository is read (DESIGN.md §6). */

/** What Deno itself may do besides reading and starting git: programs, files, servers. */
export type Permission = "go" | "sh" | "write" | "net";

const descriptors: Readonly<Record<Permission, Deno.PermissionDescriptor>> = {
  go: { name: "run", command: "go" },
  sh: { name: "run", command: "sh" },
  write: { name: "write" },
  net: { name: "net" },
};

/**
 * Gives up every permission but the needed ones, for the rest of the process; git and
 * reading stay. Where Deno was started with leave to run anything (`-A`) nothing is given
 * up: a program could do whatever Deno may not.
 */
export function keepOnly(needed: readonly Permission[]): void {
  if (Deno.permissions.querySync({ name: "run" }).state === "granted") return;
  for (const [permission, descriptor] of Object.entries(descriptors)) {
    if (!needed.some((kept) => kept === permission)) Deno.permissions.revokeSync(descriptor);
  }
}

/** Gives up one more permission that turned out not to be needed. */
export function giveUp(permission: Permission): void {
  keepOnly(Object.keys(descriptors).filter((one): one is Permission => one !== permission));
}
