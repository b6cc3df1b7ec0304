"""Records that are made up: twenty years of boards, in the proportions of a council, for measuring. Pure."""
