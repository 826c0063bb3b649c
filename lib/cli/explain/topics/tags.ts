/** Tags: where versions come from. */
import type { Topic } from "../topic.ts";

export const tags = {
  "tags": {
    short: "A version is a git tag with the right name, and nothing else",
    text: [
      "There is no upload. A module at the root of its repository has tags like v1.2.3; one in " +
      "the folder tools has tools/v1.2.3. The folder of a major version is never part of the " +
      "name: example.com/m/v2 is tagged v2.0.0, also when it lies in v2/, and v2/v2.0.0 is " +
      "nothing to Go.",
      "It must be a tag: a branch called v1.5.0 is no version. Go looks at names only, so a tag " +
      "on a commit whose go.mod says another path is listed all the same; also one without " +
      "go.mod, in a folder or from v2 on. When it is the highest, @latest fails for everybody " +
      "until a higher one is good.",
    ],
    example: [
      "go.mod                    v1.2.3",
      "tools/go.mod              tools/v1.2.3",
      "v2/go.mod                 v2.0.0",
      "tools/v2/go.mod           tools/v2.0.0",
      "",
      "$ gorel explain tools/v1.2.3",
    ],
  },
  "annotated-tags": {
    short: "Annotated, signed or neither: all the same to Go",
    text: [
      "Go follows a tag to its commit. It does not read the message, who made it or when, and it " +
      "checks no signature: what protects users is the hash in go.sum and in the checksum " +
      "database. gorel makes annotated tags because git describe and people read them, and signs " +
      "them when git's tag.gpgSign says so.",
    ],
    example: [
      '$ gorel patch --sign --tag-message "The parser does not panic."',
    ],
  },
  "moved-tags": {
    short: "Never move a tag, and never delete one and push it again",
    text: [
      "The first who asks for a version makes the proxy keep its content and the checksum " +
      "database its hash, for ever. A tag that is moved, or deleted and pushed again, changes " +
      "nothing there. But whoever fetches from the repository gets other content than go.sum " +
      "says, and the build stops with a SECURITY ERROR. Deleting hides the version from some and " +
      "not from others. Release the next patch instead, and retract the bad version.",
    ],
    example: [
      "$ go build ./...      # after the tag was moved",
      "verifying example.com/wire@v1.0.1: checksum mismatch",
      "...",
      "SECURITY ERROR",
      "This download does NOT match an earlier download recorded in go.sum.",
      "...",
      '$ gorel retract v1.0.1 --reason "the wrong commit; use v1.0.2"',
    ],
  },
  "push-tags": {
    short: "git push --tags pushes too much",
    text: [
      "It sends every tag that is here: experiments, another module's versions, tags fetched " +
      "from a fork. What looks like a version is one from then on, and once a proxy has it " +
      "nothing takes it back. --follow-tags sends every annotated tag in the history. Send one " +
      "tag by its name, and with --atomic together with its branch: both arrive, or neither. " +
      "That is what gorel does.",
    ],
    example: [
      "$ git tag",
      "v1.4.3",
      "v9.9.9",
      "$ git push --atomic origin main v1.4.3      # v9.9.9 stays here",
    ],
  },
} satisfies Record<string, Topic>;
