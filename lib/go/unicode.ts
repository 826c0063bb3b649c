/**
 * What Go's Unicode tables do not know. Go has had those of Unicode 15.0 since Go 1.21, while
 * a JavaScript engine knows newer ones: characters that are assigned later are no letters to
 * Go, and a name with one of them makes a version useless for everybody who has such a Go.
 */

/** Letters, marks, numbers, punctuation and symbols that came after Unicode 15.0, as a class of a regular expression with the flag u. */
export const assignedLater =
  String.raw`[\u0897\u1b4e-\u1b4f\u1b7f\u1c89-\u1c8a\u2427-\u2429\u2ffc-\u2fff\u31e4-\u31ef` +
  String.raw`\ua7cb-\ua7cd\ua7da-\ua7dc\u{105c0}-\u{105f3}\u{10d40}-\u{10d8f}\u{10ec2}-\u{10efc}` +
  String
    .raw`\u{11380}-\u{113e2}\u{116d0}-\u{116e3}\u{11bc0}-\u{11bf9}\u{11f5a}\u{13460}-\u{143fa}` +
  String
    .raw`\u{16100}-\u{16139}\u{16d40}-\u{16d79}\u{18cff}\u{1cc00}-\u{1ceb3}\u{1e5d0}-\u{1e5ff}` +
  String.raw`\u{1f8b2}-\u{1f8c1}\u{1fa89}-\u{1fa8f}\u{1fabe}\u{1fac6}\u{1fadc}-\u{1fadf}\u{1fae9}` +
  String.raw`\u{1fbcb}-\u{1fbef}\u{2ebf0}-\u{2ee5d}]`;
