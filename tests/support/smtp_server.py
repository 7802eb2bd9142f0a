"""A real SMTP server for the tests: takes mail on a free port of 127.0.0.1, writes each as a line.

Usage: smtp_server.py FILE [--starttls CERT KEY | --implicit CERT KEY] [--account USER PASSWORD]

Prints its port. Each line of FILE is a mail as JSON: from, to, data. Ends with its input.
"""

import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    implicit = False

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")

    async def handle_DATA(self, server, session, envelope):
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": envelope.content.decode("utf-8", "replace"),
            "encrypted": self.implicit or session.ssl is not None,
            "signed_in": bool(session.authenticated),
        }
        self.file.write(json.dumps(mail) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        return "250 kept"


def context(words):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(words.pop(0), words.pop(0))
    return made


async def main():
    words = sys.argv[1:]
    keeper = Keeper(words.pop(0))
    options, implicit = {}, None
    while words:
        option = words.pop(0)
        if option == "--starttls":
            options |= {"tls_context": context(words), "require_starttls": True}
        elif option == "--implicit":
            implicit = context(words)
            keeper.implicit = True
        elif option == "--account":
            account = (words.pop(0).encode(), words.pop(0).encode())

            def known(server, session, envelope, mechanism, data):
                right = (data.login, data.password) == account
                return AuthResult(success=right, handled=False)

            options |= {
                "authenticator": known,
                "auth_required": True,
                "auth_require_tls": implicit is None,
            }
    loop = asyncio.get_running_loop()

    def smtp():
        return SMTP(keeper, enable_SMTPUTF8=True, hostname="localhost", **options)

    server = await loop.create_server(smtp, "127.0.0.1", 0, ssl=implicit)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
