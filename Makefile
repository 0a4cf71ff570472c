# coachtalk: `make run` is all a teacher needs. ARGS="…" is passed on, as in `make run ARGS=doctor`.
PREFIX ?= /usr/local
program = .build/release/coachtalk
strict = --explicit-target-dependency-import-check error -Xswiftc -warnings-as-errors
# Its own copy of Swift's runtime: the program starts twice as fast, and where Swift is not. lld keeps a linker warning
# about Foundation's use of mktemp off the screen.
static = --static-swift-stdlib -Xswiftc -use-ld=lld
root = $(DESTDIR)$(PREFIX)
share = $(root)/share/coachtalk
bash = $(root)/share/bash-completion/completions/coachtalk
zsh = $(root)/share/zsh/site-functions/_coachtalk
fish = $(root)/share/fish/vendor_completions.d/coachtalk.fish
manual = $(root)/share/man/man1/coachtalk.1
documents = $(root)/share/doc/coachtalk
# A file with what the built program says.
said = install -Dm644 /dev/null '$(1)' && $(program) $(2) >'$(1)'

.PHONY: help run demo test soak sanitize fuzz check bench install uninstall deb build
.NOTPARALLEL:

help:
	@echo 'make run      set up what is missing, build, and start coachtalk'
	@echo 'make demo     watch it work through a sample conversation'
	@echo 'make test     check, then run every test'
	@echo 'make soak     faults for longer: kills by the hundred, and ten minutes of full load'
	@echo 'make sanitize the tests of sound, journals and terminal under the thread and address sanitizers'
	@echo 'make fuzz     a minute of made-up input for what reads journals, prompts and keys; an hour: make fuzz ARGS=3600'
	@echo 'make check    formatting, imports and warnings'
	@echo 'make bench    how long it takes to start and what recording takes, beside other programs'
	@echo 'make install  to $(PREFIX); set PREFIX or DESTDIR for elsewhere; `make uninstall` takes it away'
	@echo 'make deb      a Debian package, in .build'

run: build
	@exec $(program) $(ARGS)

demo: build
	@exec $(program) demo $(ARGS)

# Meetings to which something happens are played in a room whose sound lasts three minutes: not beside everything else,
# nor beside those of several windows.
faults = FaultTests|KillTests|EndingTests
windows = ObserveTests|ReviewTests|AwayTests|PlayTests
test:
	@.ci/setup --tests
	@$(MAKE) --no-print-directory check
	swift test --disable-xctest $(strict) --skip '$(faults)|$(windows)'
	swift test --skip-build --disable-xctest --filter '$(faults)'
	swift test --skip-build --disable-xctest --filter '$(windows)'

# COACHTALK_SOAK is for how many minutes the machine is kept at full load.
soak:
	@.ci/setup --tests
	swift build --build-tests $(strict)
	for part in 'PowerLossTests|A recording that was damaged' '$(faults)' '$(windows)' LoadTests; do \
	  COACHTALK_SOAK=$${COACHTALK_SOAK:-10} swift test --skip-build --disable-xctest --filter "$$part" || exit; \
	done

# A crash belongs to the tests that make one. Full-speed meetings are left out: under a sanitizer nothing keeps up.
sanitized = AudioCaptureTests|ALSACaptureTests|SoundFilesTests|SessionJournalTests|TerminalTests|ChatTests|CoachingTests
sanitize: export TSAN_OPTIONS = suppressions=Tests/thread-sanitizer.txt handle_segv=0 handle_sigbus=0 handle_sigfpe=0
sanitize: export ASAN_OPTIONS = detect_leaks=0 handle_segv=0 handle_sigbus=0 handle_sigfpe=0
sanitize:
	@.ci/setup --tests
	for kind in thread address; do \
	  swift test --disable-xctest --sanitize=$$kind --build-path .build-$$kind --filter '$(sanitized)' || exit; \
	done

fuzz:
	@.ci/setup
	@.ci/fuzz $(ARGS)

# The program itself does with FoundationEssentials; ARCHITECTURE.md says why.
check:
	@.ci/setup
	swift format lint --strict -r Package.swift Sources Tests
	! grep -rnE 'import .*Foundation([^E]|$$)' Sources
	swift build --build-tests $(strict)

bench: build
	@.ci/setup --bench
	@.ci/bench $(program)
	@echo
	@.ci/bench-recording $(program) $(TABLES)

install: build
	install -sDm755 $(program) '$(root)/bin/coachtalk'
	find Prompts -type f -exec install -Dm644 {} '$(share)/{}' \;
	cd Recordings/sample && install -Dm644 -t '$(share)/sample' conversation.ogg conversation.commands conversation.txt
	$(call said,$(bash),completions bash)
	$(call said,$(zsh),completions zsh)
	$(call said,$(fish),completions fish)
	$(call said,$(manual),manual)
	install -Dm644 LICENSE '$(documents)/copyright'

# The folders that others use as well stay.
uninstall:
	rm -rf '$(root)/bin/coachtalk' '$(share)' '$(bash)' '$(zsh)' '$(fish)' '$(manual)' '$(documents)'

deb: build
	@.ci/setup --deb
	@.ci/deb $(program)

# Nothing at all is done, and nothing said, when no source is newer than the last build.
build:
	@if [ -n "$$(find Package.swift Sources Prompts -newer $(program) -print -quit 2>&1)" ]; then .ci/setup && \
	echo 'Building coachtalk; the first time this takes a minute or two…' && \
	swift build -c release $(static) --product coachtalk $$([ -t 2 ] || echo -q) </dev/null && \
	touch $(program); fi
