"""Files of papers: told apart by their bytes, looked through in a process with limits, and written anew for publication."""
