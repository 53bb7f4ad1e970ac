"""A little mail server: enough of SMTP to be refused by, and to be hung up on."""

import socketserver
import threading
from contextlib import contextmanager

REPLIES = {
    "greeting": "220 here",
    "EHLO": "250 here",
    "MAIL": "250 go on",
    "RCPT": "250 go on",
    "DATA": "354 go on",
    "mail": "250 taken",
    "QUIT": "221 bye",
    "RSET": "250 forgotten",
}
HANG_UP = "hang up"


class Server(socketserver.ThreadingTCPServer):
    """Keeps what it took; ``replies[stage]`` may be one answer, or several used up in turn."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.replies = dict(REPLIES)
        self.taken = []
        self.talks = 0
        self.on_mail = None

    @property
    def port(self):
        return self.server_address[1]

    def reply_to(self, stage):
        reply = self.replies.get(stage, "502 not here")
        if isinstance(reply, list):
            reply = reply.pop(0) if reply else REPLIES[stage]
        return reply

    def handle_error(self, request, client_address):
        """Say nothing: clients hang up in these tests."""


class Talk(socketserver.StreamRequestHandler):
    """One client's visit."""

    def handle(self):
        self.server.talks += 1
        self.sender = self.recipients = None
        if not self.say("greeting"):
            return
        while line := self.rfile.readline():
            words = line.decode(errors="replace").strip()
            stage = words[:4].upper()
            if stage == "RCPT":
                self.recipients = words
            if not self.say(stage) or stage == "QUIT":
                return
            if stage == "DATA" and not self.take_mail():
                return

    def take_mail(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not line:
            return False
        if self.server.on_mail:
            self.server.on_mail()
        reply = self.server.reply_to("mail")
        if reply.startswith("250"):
            self.server.taken.append((self.recipients, b"".join(lines)))
        return self.write(reply)

    def say(self, stage):
        return self.write(self.server.reply_to(stage))

    def write(self, reply):
        if reply == HANG_UP:
            return False
        self.wfile.write(reply.encode() + b"\r\n")
        self.wfile.flush()
        return True


@contextmanager
def running():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
