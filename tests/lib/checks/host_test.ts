import assert from "node:assert/strict";
import { placeOf } from "../../../lib/checks/host.ts";

Deno.test("a URL names the same repository in every form that git takes", () => {
  const same = [
    "https://github.com/acme/wire",
    "https://github.com/acme/wire.git",
    "https://github.com/acme/wire.git/",
    "https://ada@github.com/acme/wire",
    "http://GitHub.com:80/acme/wire",
    "git@github.com:acme/wire.git",
    "github.com:acme/wire",
    "git@github.com:/acme/wire.git",
    "ssh://git@github.com/acme/wire.git",
    "ssh://git@ssh.github.com:443/acme/wire.git",
    "git://github.com/acme/wire.git",
    "git+ssh://git@github.com/acme/wire",
  ];
  for (const url of same) assert.equal(placeOf(url), "github.com/acme/wire", url);
  assert.equal(placeOf("git@git.sr.ht:~ada/wire"), "git.sr.ht/~ada/wire");
  assert.equal(
    placeOf("git@ssh.dev.azure.com:v3/acme/tools/wire"),
    placeOf("https://acme@dev.azure.com/acme/tools/_git/wire"),
  );
  assert.equal(placeOf("https://gitlab.com/a/b/c/d.git"), "gitlab.com/a/b/c/d");
});

Deno.test("what names no host of the internet names no place", () => {
  const none = [
    "/srv/git/wire.git",
    "../wire.git",
    "./a.b:c",
    "file:///srv/git/wire.git",
    "file://host.example.com/wire.git",
    "C:\\git\\wire",
    "git@work:acme/wire.git",
    "https://localhost/acme/wire",
    "http://127.0.0.1:8080/acme/wire",
    "http://[::1]/acme/wire",
    "https://github.com/",
    "ext::sh -c x",
    "",
  ];
  for (const url of none) assert.equal(placeOf(url), null, url);
});
