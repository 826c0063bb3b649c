/** Real public modules, fetched by the go command from the GOPROXY of this machine on first use. */
import { join } from "node:path";
import { escapePath, escapeVersion } from "../../lib/go/module.ts";
import { hasGo } from "../support/go.ts";
import { Folder, tryRun } from "../support/repo.ts";

/** Every shape that a public module has: roots, folders, majors, gopkg.in, and those from before modules. */
export const modules: readonly string[] = [
  "github.com/BurntSushi/toml",
  "github.com/Masterminds/semver/v3",
  "github.com/blang/semver",
  "github.com/cenkalti/backoff/v4",
  "github.com/fsnotify/fsnotify",
  "github.com/gin-gonic/gin",
  "github.com/go-chi/chi",
  "github.com/go-chi/chi/v5",
  "github.com/gofrs/uuid",
  "github.com/golang-jwt/jwt/v5",
  "github.com/golang/protobuf",
  "github.com/google/go-cmp",
  "github.com/google/uuid",
  "github.com/googleapis/gax-go/v2",
  "github.com/gorilla/mux",
  "github.com/hashicorp/go-multierror",
  "github.com/jackc/pgx/v4",
  "github.com/klauspost/compress",
  "github.com/pelletier/go-toml",
  "github.com/pelletier/go-toml/v2",
  "github.com/pkg/errors",
  "github.com/prometheus/client_golang",
  "github.com/prometheus/common",
  "github.com/redis/go-redis/v9",
  "github.com/rivo/uniseg",
  "github.com/rs/zerolog",
  "github.com/sirupsen/logrus",
  "github.com/spf13/cobra",
  "github.com/spf13/pflag",
  "github.com/spf13/viper",
  "github.com/stretchr/testify",
  "github.com/tidwall/gjson",
  "github.com/urfave/cli",
  "github.com/urfave/cli/v2",
  "go.etcd.io/etcd/api/v3",
  "go.etcd.io/etcd/client/v3",
  "go.uber.org/multierr",
  "go.uber.org/zap",
  "golang.org/x/mod",
  "golang.org/x/net",
  "golang.org/x/sync",
  "golang.org/x/text",
  "golang.org/x/tools",
  "google.golang.org/protobuf",
  "gopkg.in/yaml.v2",
  "gopkg.in/yaml.v3",
  "k8s.io/apimachinery",
  "sigs.k8s.io/yaml",
];

const { HOME = "", PATH = "", XDG_CACHE_HOME } = Deno.env.toObject();

/** The user's own settings of go: the proxy of this machine is asked, no other. */
const asUser = { HOME, PATH, GOTOOLCHAIN: "local", GOWORK: "off" };

/** What stays between runs: what was fetched once is not fetched again. */
const cache = join(XDG_CACHE_HOME ?? join(HOME, ".cache"), "gorel-tools", "modules");

/** The settings of go and gorel for public modules. */
export const publicEnv: Readonly<Record<string, string>> = {
  ...asUser,
  GOMODCACHE: cache,
  GOFLAGS: "-mod=mod -modcacherw",
  GOSUMDB: "off",
  GOPROXY: hasGo ? tryRun("go", ["env", "GOPROXY"], { env: asUser }).stdout.trim() : "",
};

/** The go command among public modules; default folder is an empty one, outside of every module. */
export function go(args: string[], cwd?: string): { code: number; stdout: string; stderr: string } {
  using empty = new Folder();
  return tryRun("go", args, { cwd: cwd ?? empty.path, env: publicEnv });
}

/** Documents that go prints one after another. */
export function documents<T>(stdout: string): T[] {
  return JSON.parse(`[${stdout.replace(/^}\n(?=\{)/gm, "},\n")}]`);
}

/** Options for a test of public modules: without go or a proxy that has them it is skipped, and its name says why. */
export function needsPublic(name: string): { name: string; ignore: boolean } {
  const reached = hasGo && go(["list", "-m", "github.com/google/uuid@v1.6.0"]).code === 0;
  const why = hasGo ? "no module proxy can be reached" : "no go command on PATH";
  return { name: reached ? name : `${name} (skipped: ${why})`, ignore: !reached };
}

/** The go.mod of a version as the proxy serves it, once go has fetched it. */
export function fetchedGoMod(path: string, version: string): string {
  const folder = join(cache, "cache", "download", escapePath(path)!, "@v");
  return Deno.readTextFileSync(join(folder, `${escapeVersion(version)}.mod`));
}
