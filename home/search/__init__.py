"""One search box over all public records. No input makes it fail, and no draft is ever found by it."""
