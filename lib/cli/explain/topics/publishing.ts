/** Proxies, checksums, and modules that are nobody else's business. */
import type { Topic } from "../topic.ts";

export const publishing = {
  "too-early": {
    short: "Never ask for a version before its tag is on the remote",
    text: [
      "A proxy, and the checksum database too, remembers that it did not find a version, for up " +
      "to half an hour. Who asks a moment too early, to see whether it is there yet, makes it " +
      "invisible to everybody for that long. gorel asks the remote for the tag first, and a " +
      "proxy only when the tag is there.",
    ],
    example: [
      "$ git ls-remote --tags origin v1.4.3      # first",
      "$ gorel verify v1.4.3                     # does both, in that order",
    ],
  },
  "goproxy": {
    short: "GOPROXY: where the go command asks, one after the other",
    text: [
      "A list of URLs; direct means the repository itself, off that nobody is asked. After a " +
      "comma the next one is asked only when the answer was not found (404 or 410), after a bar " +
      "on any failure. What follows direct or off is never asked. gorel takes the list from go " +
      "env, without Go from the environment, and has none built in.",
    ],
    example: [
      "$ go env GOPROXY",
      "$ GOPROXY=https://proxy.example.com,direct gorel verify",
    ],
  },
  "checksum-database": {
    short: "The log that makes one version mean the same bytes for everybody",
    text: [
      "The first time a go command meets a version it asks the checksum database for its hash, " +
      "unless go.sum has it. The database keeps one hash for each version, in a log that only " +
      "grows, and gives it to all. So other content under the same version is refused everywhere " +
      "but where GONOSUMDB, GOPRIVATE or GOSUMDB=off go without. gorel does not ask it yet; the " +
      "hash that it works out before the push is the one that will be there.",
    ],
    example: ["$ gorel hash v1.4.3      # h1:, as the database has it"],
  },
  "go-sum": {
    short: "go.sum: hashes of what was met, no lock file",
    text: [
      "It holds the hash of each version that a build has looked at: a line for the content, one " +
      "with /go.mod for go.mod alone. It chooses no version, that go.mod does; unused lines do " +
      "no harm. Users check against their own go.sum, never yours. Commit it: without it " +
      "go build and go test stop in your own checkout (missing go.sum entry).",
    ],
    example: [
      "example.com/wire v1.0.0 h1:…",
      "example.com/wire v1.0.0/go.mod h1:…",
    ],
  },
  "private-modules": {
    short: "GOPRIVATE: modules that no public server hears of",
    text: [
      "Paths that match GOPRIVATE are fetched from the repository itself, not from a proxy, and " +
      "are not checked against the checksum database. It is the default of GONOPROXY and " +
      "GONOSUMDB, which do one half each. Patterns are separated by commas without blanks. Each " +
      "is compared with as many elements of the path as it has itself, and * does not cross a " +
      "slash. gorel then verifies at the remote.",
      "With GOPRIVATE or GONOPROXY set, Go 1.26 fails at MODULE@patch and go get -u=patch, of " +
      "public modules too (no existing version is required); MODULE@v1.2 does the same and works.",
    ],
    list: [
      ["github.com/acme", "github.com/acme and github.com/acme/wire, not github.com/acme-labs"],
      ["github.com/acme/*", "github.com/acme/wire, not github.com/acme"],
      ["*.corp.example.com", "git.corp.example.com/wire, not corp.example.com"],
    ],
    example: ["$ go env -w GOPRIVATE=github.com/acme,*.corp.example.com"],
  },
} satisfies Record<string, Topic>;
