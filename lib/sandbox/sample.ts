/**
 * The sample module: a small library that somebody wrote, released as v1.0.0 with a bug
 * in it, and repaired on main. Every date is fixed, so its commits have the same ids on
 * every machine and on every day.
 */

/** A commit, and the version that was tagged on it. */
export interface SampleCommit {
  /** When it was committed, RFC 3339 in UTC. */
  At: string;
  Message: string;
  /** Files that this commit adds or replaces, by path from the root. */
  Files: Readonly<Record<string, string>>;
  Tag?: { Name: string; Message: string };
}

/** Who wrote the sample, and who releases from the sandbox. */
export const author = { Name: "Robin Example", Email: "robin@example.com" };

export const modulePath = "example.com/greet";

/** The released version with the bug: the code of it, and why it should not be used. */
export const bad = {
  Version: "v1.0.0",
  Code: ["func Hello(p *Person) string {", '\tif p.Title != "" {'],
  Reason: "Hello panics when given a nil Person.",
} as const;

const license = `Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS.
`;

const readme = (usage: string) =>
  `# greet

Says hello to people.

\`\`\`go
${usage}
\`\`\`
`;

const byName = `// Package greet says hello to people.
package greet

// Hello greets somebody by name.
func Hello(name string) string {
	return "Hello, " + name + "!"
}
`;

const byNameTest = `package greet

import "testing"

func TestHello(t *testing.T) {
	if got, want := Hello("Ada"), "Hello, Ada!"; got != want {
		t.Errorf("Hello(%q) = %q, want %q", "Ada", got, want)
	}
}
`;

const person = `// Package greet says hello to people.
package greet

// Person is somebody to greet.
type Person struct {
	Title string // such as "Dr.", or empty
	Name  string
}

`;

const panics = `${person}// Hello greets a person.
func Hello(p *Person) string {
	if p.Title != "" {
		return "Hello, " + p.Title + " " + p.Name + "!"
	}
	return "Hello, " + p.Name + "!"
}
`;

const repaired = `${person}// Hello greets a person, or whoever is there if p is nil.
func Hello(p *Person) string {
	if p == nil {
		return "Hello!"
	}
	if p.Title != "" {
		return "Hello, " + p.Title + " " + p.Name + "!"
	}
	return "Hello, " + p.Name + "!"
}
`;

const personTest = (more: string) =>
  `package greet

import "testing"

func TestHello(t *testing.T) {
	for _, test := range []struct {
		person *Person
		want   string
	}{
		{&Person{Name: "Ada"}, "Hello, Ada!"},
		{&Person{Title: "Dr.", Name: "Ada"}, "Hello, Dr. Ada!"},
${more}	} {
		if got := Hello(test.person); got != test.want {
			t.Errorf("Hello(%v) = %q, want %q", test.person, got, test.want)
		}
	}
}
`;

/** The history of main, oldest first. Every commit builds and passes its tests. */
export const history: readonly SampleCommit[] = [
  {
    At: "2026-01-12T09:24:00Z",
    Message: "feat: greet somebody by name\n",
    Files: {
      "LICENSE": license,
      "README.md": readme('greet.Hello("Ada") // Hello, Ada!'),
      "go.mod": `module ${modulePath}\n\ngo 1.21\n`,
      "greet.go": byName,
      "greet_test.go": byNameTest,
    },
    Tag: { Name: "v0.1.0", Message: "The first greeting\n" },
  },
  {
    At: "2026-01-14T14:02:00Z",
    Message: "feat!: greet a person, who may have a title\n\n" +
      "BREAKING CHANGE: Hello takes a *Person instead of a name.\n",
    Files: { "greet.go": panics, "greet_test.go": personTest("") },
  },
  {
    At: "2026-01-15T08:47:00Z",
    Message: "docs: show how a person is greeted\n",
    Files: {
      "README.md": readme(
        'greet.Hello(&greet.Person{Title: "Dr.", Name: "Ada"}) // Hello, Dr. Ada!',
      ),
    },
    Tag: { Name: bad.Version, Message: "The first stable greeting\n" },
  },
  {
    At: "2026-01-19T16:31:00Z",
    Message: "fix: greet nobody instead of panicking\n\n" +
      "Hello(nil) dereferenced the nil pointer since it takes a *Person.\n",
    Files: { "greet.go": repaired, "greet_test.go": personTest('\t\t{nil, "Hello!"},\n') },
  },
];
