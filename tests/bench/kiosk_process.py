"""A kiosk as a process: started, listened to, and looked at through /proc."""

import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import time

# Monday 23 November 2026, 9:41:10 in New York: 50 seconds until the clock on the screen
# changes, whenever the benchmark runs.
NOW = "2026-11-23T09:41:10-05:00"
PANEL = (1080, 1920)
# Nothing measured here takes longer, not even on a busy machine.
PATIENCE = 120


class Display:
    """An X server without a screen, of the kiosk's size."""

    def __init__(self):
        from_server, to_us = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(to_us), "-nolisten", "tcp", "-noreset",
             "-screen", "0", "%dx%dx24" % PANEL],
            pass_fds=[to_us], stderr=subprocess.DEVNULL)
        os.close(to_us)
        with os.fdopen(from_server) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise SystemExit("Xvfb does not start")
        self.name = ":" + number

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.terminate()
        self._server.wait()


def environment(more=None):
    """Ours without what could make the program behave otherwise here."""
    ours = {name: value for name, value in os.environ.items()
            if not name.startswith(("SDL_", "FOYER_", "WAYLAND_", "GLIBC_TUNABLES"))
            and name != "DISPLAY"}
    ours.update(more or {})
    return ours


def run(program, words, data, config):
    """A subcommand of the program, to its end."""
    subprocess.run([program, "--data", data, "--config", config, "--now", NOW,
                    "--log-level", "warning", *words],
                   env=environment(), check=True, stdout=subprocess.DEVNULL)


class Kiosk:
    """A kiosk that was started; ends with the `with` block."""

    def __init__(self, arguments, env, sockets=()):
        self.started = time.perf_counter()
        self._process = subprocess.Popen(arguments, env=env, stderr=subprocess.PIPE,
                                         pass_fds=sockets)
        self.pid = self._process.pid
        self._pending = b""

    @classmethod
    def on(cls, display, program, data, config, more_environment=None):
        """The kiosk as it hangs on the wall, full screen."""
        return cls([program, "--data", data, "--config", config, "--now", NOW],
                   environment({"DISPLAY": display.name, **(more_environment or {})}))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._process.stderr.close()

    def event(self, name):
        """Waits for a line of the log. Answers its fields and the seconds from the
        start of the process to the line's arrival here."""
        give_up = time.monotonic() + PATIENCE
        while True:
            while b"\n" in self._pending:
                line, self._pending = self._pending.split(b"\n", 1)
                words = line.decode(errors="replace").split()
                if name in words[2:3]:
                    fields = dict(word.split("=", 1) for word in words[3:])
                    return fields, time.perf_counter() - self.started
            stderr = self._process.stderr
            if not select.select([stderr], [], [], give_up - time.monotonic())[0]:
                raise SystemExit("the kiosk never logs " + name)
            piece = os.read(stderr.fileno(), 65536)
            if not piece:
                raise SystemExit("the kiosk ended without " + name)
            self._pending += piece

    def end(self):
        """Ends it as systemd does. Answers what frames_drawn tells."""
        self._process.send_signal(signal.SIGTERM)
        fields, _ = self.event("frames_drawn")
        self._process.wait()
        return {name: int(value) for name, value in fields.items()}

    # --- /proc -------------------------------------------------------------------------

    def memory(self):
        """Resident memory and its peak, in bytes."""
        status = fields_of("/proc/%d/status" % self.pid)
        return {"rss": 1024 * int(status["VmRSS"].split()[0]),
                "peak": 1024 * int(status["VmHWM"].split()[0]),
                "anonymous": 1024 * int(status["RssAnon"].split()[0])}

    def activity(self):
        """CPU seconds, of all threads to the clock tick and of those that still live
        exactly, and how often these were put to sleep or set aside."""
        stat = pathlib.Path("/proc/%d/stat" % self.pid).read_text()
        after_name = stat.rsplit(")", 1)[1].split()
        ticks = int(after_name[11]) + int(after_name[12])
        voluntary = involuntary = running = 0
        for thread in pathlib.Path("/proc/%d/task" % self.pid).iterdir():
            status = fields_of(thread / "status")
            voluntary += int(status["voluntary_ctxt_switches"])
            involuntary += int(status["nonvoluntary_ctxt_switches"])
            running += int((thread / "schedstat").read_text().split()[0])
        return {"running_s": running / 1e9, "cpu_s": ticks / os.sysconf("SC_CLK_TCK"), "voluntary": voluntary,
                "involuntary": involuntary}


def fields_of(path):
    lines = pathlib.Path(path).read_text().splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


class Controlled(Kiosk):
    """A kiosk without a display, played through its control socket (kiosk/control.h)."""

    def __init__(self, program, data, config):
        ours, theirs = socket.socketpair()
        super().__init__(
            [program, "--data", data, "--config", config, "--now", NOW,
             "--log-level", "warning", "kiosk", "--control-fd", str(theirs.fileno()),
             "--panel-width", str(PANEL[0]), "--panel-height", str(PANEL[1])],
            environment(), [theirs.fileno()])
        theirs.close()
        ours.settimeout(PATIENCE)
        self._socket = ours
        self._lines = ours.makefile("r")
        self.shown = {}
        self.ask(do="look")

    def __exit__(self, *what):
        self._lines.close()
        self._socket.close()
        super().__exit__(*what)

    def ask(self, **command):
        self._socket.sendall(json.dumps(command).encode() + b"\n")
        line = self._lines.readline()
        reply = json.loads(line) if line else {"ok": False, "error": "it has gone"}
        if not reply["ok"]:
            raise SystemExit("the kiosk refuses %s: %s" % (command, reply["error"]))
        self.shown = reply
        return reply

    def has(self, key):
        return any(node.get("key") == key for node in self.shown["tree"]["nodes"])

    def tap(self, key):
        for node in self.shown["tree"]["nodes"]:
            if node.get("key") == key:
                x, y, w, h = node["rect"]
                return self.ask(do="tap", x=x + w / 2, y=y + h / 2)
        raise SystemExit("there is no %s on %s" % (key, self.shown["screen"]))

    def expect(self, screen):
        if self.shown["screen"] != screen:
            raise SystemExit("%s is shown, not %s" % (self.shown["screen"], screen))
