/** Whom an https connection trusts: besides what Deno knows, what this machine does, as the go command. */

/** Where systems keep all certificates in one file, in the order in which Go looks. */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * A fetch that also trusts the certificates of the system, or of `SSL_CERT_FILE`: behind a
 * company's own authority go works, and so must gorel. The file is read before the first https
 * request; one that cannot be used is no error here, the connection then says what it lacks.
 */
export function trustingFetch(env: Readonly<Record<string, string>>): typeof fetch {
  let client: Deno.HttpClient | null | undefined;
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith("https:")) return fetch(input, init);
    client ??= clientOf(env.SSL_CERT_FILE ? [env.SSL_CERT_FILE] : bundles);
    return client === null ? fetch(input, init) : fetch(input, { ...init, client });
  };
}

function clientOf(files: readonly string[]): Deno.HttpClient | null {
  for (const file of files) {
    try {
      return Deno.createHttpClient({ caCerts: [Deno.readTextFileSync(file)] });
    } catch {
      // The next place may have one.
    }
  }
  return null;
}
