/**
 * What isomorphic-git does here. It is imported by name in a file of its own, which is imported
 * when objects are first written: a bundler knows of a package in the older module format that is
 * imported at run time only its default export.
 */
export { writeBlob, writeCommit, writeObject, writeTag, writeTree } from "isomorphic-git";
