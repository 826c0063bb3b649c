/** Problem codes of the repository and of the work tree. */
import type { Code } from "../../../problem.ts";
import type { CodeText } from "../topic.ts";

export const repository = {
  "not-a-repository": {
    short: "There is no git repository here.",
    text:
      "A version of a Go module is a tag, so gorel works in a clone of the module, and it knows " +
      "git only. Start it in the work tree, or name that with -C.",
    example: ["$ gorel -C ../wire status"],
  },
  "git-missing": {
    short: "There is no git program on PATH, or one older than 2.36.",
    text:
      "gorel reads and pushes with git's own program, so that ssh, credentials and signing work " +
      "as you set them up. Older ones lack what it needs to do that safely. Install a newer git.",
    example: ["$ git --version"],
  },
  "no-commit": {
    short: "HEAD has no commit yet.",
    text: "A tag names a commit, and there is none to name. Commit the module first.",
    example: ['$ git add . && git commit -m "the first"', "$ gorel minor      # v0.1.0"],
  },
  "include-unknown": {
    short: "A path of --include is no changed file that can go into the release.",
    text: "--include takes a file, or a folder, with changes that are not committed. What git " +
      "ignores, what did not change and what lies outside of the repository cannot go into the " +
      "release commit. Leaving it out in silence would ship something else than you named.",
    example: ["$ git status --short", "$ gorel patch --include CHANGELOG.md"],
  },
  "dirty": {
    short: "A file of the module is changed but not committed.",
    text:
      "A tag holds what is committed: the change that you see in the file would not reach your " +
      "users, although your tests ran with it. Commit it, stash it, or take it into the release " +
      "with --include. It can be let through only when the plan writes no file.",
    example: ["$ gorel patch --include codec/json.go", "$ git stash && gorel patch"],
  },
  "untracked": {
    short: "Files lie in the module that git does not know.",
    text: "They will not be in the release. When the code needs one of them, it builds here and " +
      "nowhere else. Commit what belongs to the module; put the rest into .gitignore.",
    example: ["$ git status --short", "$ gorel patch --include newfile.go"],
  },
  "partly-staged": {
    short: "An included file was staged only in part; all of it goes into the release.",
    text:
      "--include takes a file as it lies in the work tree, whatever is staged of it. If only the " +
      "staged part is meant, commit that first.",
    example: ['$ git commit -m "the staged part"', "$ git stash && gorel patch"],
  },
  "other-module-changed": {
    short: "Another module of the repository has changes that are not committed.",
    text:
      "They are not in this release, which concerns this module only. Should this module need " +
      "them, the other one must be released first.",
    example: ["$ gorel status", "$ gorel patch --module codec"],
  },
  "in-progress": {
    short: "A merge, rebase, cherry-pick, revert or bisect is under way.",
    text:
      "What HEAD will be is not decided yet, so a tag would name a commit that nobody may keep. " +
      "Finish it or give it up.",
    example: ["$ git rebase --continue      # or --abort"],
  },
  "detached-head": {
    short: "HEAD is no branch, and the release makes a commit.",
    text:
      "The commit would belong to no branch: the next release would not descend from it, and a " +
      "retraction in it would be lost again. Go to the branch that is released.",
    example: ["$ git switch main"],
  },
  "shallow": {
    short: "The clone is shallow: its history ends before a release is found.",
    text:
      "The next version is counted from the last release in the history, and here that is cut " +
      "off; a wrong number could be one that is out already. Fetch the rest, or name the version.",
    example: ["$ git fetch --unshallow --tags", "$ gorel v1.4.3"],
  },
  "no-remote": {
    short: "There is no remote to push to, or not the one that is named.",
    text:
      "Users get what is on the remote. Add one, name one with --remote, or make commit and tag " +
      "here with --no-push; gorel resume pushes them later. A remote with several URLs is " +
      "refused: the push could come through at one and fail at the next.",
    example: ["$ git remote -v", "$ gorel patch --remote upstream"],
  },
  "remote-unreachable": {
    short: "The remote does not answer, or does not let git in.",
    text: "Whether a version is taken is known only there, and two different releases under one " +
      "number can never be mended. See what git says; --offline goes without, and does not push.",
    example: ["$ git ls-remote origin", "$ gorel patch --offline"],
  },
  "behind": {
    short: "The branch lacks commits of its upstream, or has diverged from it.",
    text:
      "The push would be refused, or the release would lack what others have pushed. Get their " +
      "commits first. When nothing is committed and the branch need not be pushed, it is a warning.",
    example: ["$ git pull --rebase", "$ gorel patch"],
  },
  "no-upstream": {
    short: "The branch is not on the remote yet; it goes with the tag.",
    text: "The push makes it there. If you meant to release from another branch, stop here.",
    example: ["$ git branch -vv"],
  },
  "no-identity": {
    short: "Git knows no name or e-mail for commit and tag.",
    text:
      "A release makes an annotated tag, perhaps a commit, and both name who made them. Tell git.",
    example: [
      '$ git config --global user.name "Your Name"',
      "$ git config --global user.email you@example.com",
    ],
  },
  "unsupported-repository": {
    short: "A form of repository, or something in it, that gorel cannot write safely.",
    text:
      "The text names what it is: a partial clone that lacks a file, a tag whose name is in the " +
      "way of the new one, a filter that fails. Half a release, or one with other bytes than " +
      "were planned, would be worse than none. Often another clone does.",
    example: ["$ git clone URL wire && gorel -C wire patch"],
  },
  "written-by-git": {
    short: "Git itself makes the objects of this release.",
    text:
      "The repository uses sha256, another ref storage, or filters. gorel leaves the writing to " +
      "git there: it is slower, and the result is the same.",
    example: ["$ git rev-parse --show-object-format"],
  },
  "hooks-not-run": {
    short: "A hook of this repository does not run for this release.",
    text:
      "Because of --no-hooks, or because the hook would look at other files than those that are " +
      "released. What the hook checks is not checked: run it yourself.",
    example: ["$ gorel patch      # without --no-hooks: hooks run as in git commit"],
  },
  "message-unused": {
    short: "A message was given for a commit or a tag that is not made.",
    text:
      "When nothing of the files changes there is no release commit; a tag that is there already " +
      "is sent as it is. The words would be lost, so gorel says so.",
    example: ['$ gorel patch --tag-message "The parser does not panic."'],
  },
  "locked": {
    short: "Another gorel, or another git, is writing in this repository.",
    text:
      "Two at the same time could each undo half of the other's work. Wait for it to end. A git " +
      "that was killed leaves its lock file behind: remove it when no git is running.",
    example: ["$ ls .git/*.lock"],
  },
  "unfinished": {
    short: "A release was begun and is not finished.",
    text:
      "Before its push a second one could take its number or its files. Go on with it, or take " +
      "it back. After the push it is only a note: the proxy was not seen to have it yet.",
    example: ["$ gorel resume", "$ gorel undo"],
  },
  "moved": {
    short: "What the plan was built on has changed.",
    text: "A ref, a file or a tag is not any more what was looked at, perhaps because somebody " +
      "pushed. The plan would now release something that nobody read. Make it again.",
    example: ["$ gorel plan patch -o release.json", "$ gorel apply release.json"],
  },
} satisfies Partial<Record<Code, CodeText>>;
