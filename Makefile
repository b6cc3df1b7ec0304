# Thin on purpose: the work is in .ci/, where it is tested.
PYTHON ?= python3
COMMANDS = demo demo-data demo-reset test bench format lock

.PHONY: $(COMMANDS)
$(COMMANDS):
	@LANES='$(LANES)' $(PYTHON) .ci/start.py $@
