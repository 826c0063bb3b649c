/** https behind an authority of one's own. */
import assert from "node:assert/strict";
import { trustingFetch } from "../../../lib/cli/trust.ts";
import { Folder, run } from "../../support/repo.ts";
import { needs, tool } from "../../support/tools.ts";

Deno.test({
  ...needs(
    tool("openssl"),
    "a server is trusted that the system's certificates vouch for, and no other",
  ),
  // The connections are kept for the next request, as in the program.
  sanitizeResources: false,
  async fn() {
    using folder = new Folder();
    const [authority, cert, key] = ["authority.pem", "cert.pem", "key.pem"].map((name) =>
      folder.join(name)
    ) as [string, string, string];
    const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
    const own = folder.join("authority-key.pem");
    run("openssl", [...made, "-subj", "/CN=authority", "-keyout", own, "-out", authority]);
    run("openssl", [
      ...[...made, "-subj", "/CN=server", "-keyout", key, "-out", cert, "-CA", authority],
      ...["-CAkey", own, "-addext", "subjectAltName=IP:127.0.0.1"],
      ...["-addext", "basicConstraints=critical,CA:FALSE"],
    ]);
    const server = Deno.serve({
      hostname: "127.0.0.1",
      port: 0,
      cert: Deno.readTextFileSync(cert),
      key: Deno.readTextFileSync(key),
      onListen() {},
    }, () => new Response("trusted"));
    const url = `https://127.0.0.1:${server.addr.port}/`;
    const answer = await trustingFetch({ SSL_CERT_FILE: authority })(url);
    assert.equal(await answer.text(), "trusted");
    for (const env of [{}, { SSL_CERT_FILE: folder.join("none.pem") }, { SSL_CERT_FILE: key }]) {
      await assert.rejects(
        trustingFetch(env)(url),
        ({ cause }: Error) => /UnknownIssuer/.test(String(cause)),
      );
    }
    await server.shutdown();
  },
});
