"""Whether anything is read where it may not be: a word planted in every field that is not public, and every address of the site asked."""
