# Thin on purpose: the work is in .ci/, where it is tested. No shell stands between make and Python, so that make waits
# while Python stops what it started.
PYTHON ?= python3
COMMANDS = demo demo-data demo-reset test bench try-production format lock

.PHONY: $(COMMANDS)
$(COMMANDS):
	@$(PYTHON) .ci/start.py $@
