"""A board's annual report: what it decided and promised in one of its years, what came of that, and who took part."""
