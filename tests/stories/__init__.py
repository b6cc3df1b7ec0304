"""Stories of clerks, from the first step to the page that a resident reads."""
