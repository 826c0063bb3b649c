import assert from "node:assert/strict";
import type { GoSettings } from "../../../lib/config/goenv.ts";
import { goEnvironment } from "../../../lib/rehearse/environment.ts";

const user = "http://user:key@proxy.test,direct";
const released = "corp.test/m/v2";

/** What matters of the environment of a go command. */
function environment(
  settings: Partial<GoSettings>,
  { asks = true, offline = false, gate = true }: {
    asks?: boolean;
    offline?: boolean;
    gate?: boolean;
  } = {},
) {
  const env = goEnvironment({
    Settings: {
      From: "go",
      GOPROXY: user,
      GOPRIVATE: "",
      GONOPROXY: "",
      GONOSUMDB: "",
      GOINSECURE: "",
      GOFLAGS: "",
      GOMODCACHE: "/home/u/mod",
      ...settings,
    },
    Offer: { Url: "OURS", ...(gate && { Gate: "GATE" }), stop: () => Promise.resolve() },
    Paths: [released],
    Offline: offline,
    Temp: "/t/tmp",
    Cache: "/t/modules",
  }, { Work: "off", Asks: asks });
  return [env.GOPROXY, env.GONOPROXY, env.GOMODCACHE ?? "theirs"];
}

const cache = "file:///home/u/mod/cache/download";

Deno.test("who is asked for which module before the push", () => {
  const rows: [string, unknown[], unknown[]][] = [
    ["ours, then the user's own list", environment({}, { asks: false }), [
      `OURS,${user}`,
      "none",
      "theirs",
    ]],
    [
      "a coming version stays out of the user's cache, which is only read",
      environment({}),
      [`OURS,${cache},${user}`, "none", "/t/modules"],
    ],
    ["private modules stay so", environment({ GONOPROXY: "other.test" }), [
      `OURS,${cache},${user}`,
      "other.test",
      "/t/modules",
    ]],
    [
      "a private release does not go past us, and its neighbours not to a proxy",
      environment({ GONOPROXY: "corp.test" }),
      [`OURS,${cache},GATE,direct`, "none", "/t/modules"],
    ],
    [
      "where nothing coming is asked for a private release changes nothing",
      environment({ GONOPROXY: "corp.test/*" }, { asks: false }),
      [`OURS,${user}`, "corp.test/*", "theirs"],
    ],
    ["off stays off", environment({ GOPROXY: "off" }), [
      `OURS,${cache},off`,
      "none",
      "/t/modules",
    ]],
    ["offline nobody else is asked", environment({ GONOPROXY: "corp.test" }, { offline: true }), [
      `OURS,${cache},off`,
      "none",
      "/t/modules",
    ]],
    ["nor where this machine lets us not listen", environment({}, { gate: false, asks: false }), [
      "OURS,off",
      "none",
      "theirs",
    ]],
    [
      "a folder's name ends no list",
      environment({ GOMODCACHE: "/a b,c|d" }),
      [`OURS,file:///a%20b%2Cc%7Cd/cache/download,${user}`, "none", "/t/modules"],
    ],
  ];
  for (const [name, is, wanted] of rows) assert.deepEqual(is, wanted, name);
});

Deno.test("the checksum database hears of no coming version, and flags do not change go.mod", () => {
  const of = (GOFLAGS: string, offline = false) =>
    goEnvironment({
      Settings: {
        From: "go",
        GOPROXY: user,
        GOPRIVATE: "a.test",
        GONOPROXY: "a.test",
        GONOSUMDB: "a.test",
        GOINSECURE: "",
        GOFLAGS,
      },
      Offer: { Url: "OURS", Gate: "GATE", stop: () => Promise.resolve() },
      Paths: [released, "corp.test/sub"],
      Offline: offline,
      Temp: "/t/tmp",
      Cache: "/t/modules",
    }, { Work: "/w/go.work", Asks: false, Platform: { GOOS: "plan9", GOARCH: "386" } });
  const env = of(`-mod=mod -tags=a,b '-ldflags=-s -w' --mod=vendor -trimpath`);
  assert.equal(env.GONOSUMDB, "a.test,corp.test/m/v2,corp.test/sub");
  assert.equal(env.GOFLAGS, "-tags=a,b '-ldflags=-s -w' -trimpath");
  assert.deepEqual([env.GOOS, env.GOARCH, env.CGO_ENABLED], ["plan9", "386", "0"]);
  assert.deepEqual([env.GOWORK, env.TMPDIR], ["/w/go.work", "/t/tmp"]);
  assert.equal(of("", true).GONOSUMDB, "*");
});
