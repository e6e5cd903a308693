"""From a table in a file to the named figures of the evaluation engine: one function a command."""
