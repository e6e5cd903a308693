"""The evaluation engine: pure numerics on numpy arrays; reads no file, knows nothing of the platform."""
