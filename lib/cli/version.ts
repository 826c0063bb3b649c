/** The version that `gorel --version` prints. */
export const version = "0.1.0";
