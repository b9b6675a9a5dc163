"""The web server: threads of one process, a ready line when the first page really answers, and a clean end."""
import errno
import http.client
import logging
import os
import signal
import socket
import ssl
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from ombun.jobs.machine.words import Trouble, say
from ombun.primitives.thai import whole_number

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 10
DEFAULT_PORTS = range(8000, 8010)


def may_be_reached_at(host: str) -> None:
    """Let the settings know the names of this machine when the server faces a network. Before Django is set up."""
    if host not in ("127.0.0.1", "localhost"):
        name = socket.gethostname()
        own = {host, name, f"{name}.local", *_addresses(name)}
        os.environ["OMBUN_HOSTS"] = " ".join([*sorted(own - {"0.0.0.0"}), os.environ.get("OMBUN_HOSTS", "")]).strip()


def port_number(text: str) -> int:
    """The port that was typed. Raises Trouble for what is none."""
    port = whole_number(text, most=65_535)
    if port is None:
        raise Trouble(f"{text} ไม่ใช่เลขพอร์ต: ใส่เลขตั้งแต่ 1024 ถึง 65535",
                      f"{text} is not a port: give a number from 1024 to 65535")
    return port


def demand_free_port(*, host: str, port: int | None) -> None:
    """Say that pages cannot be served there before anything is prepared, which may take a minute. Raises Trouble."""
    try:
        socket.create_server((host, port or 0)).close()
    except (OSError, UnicodeError) as error:
        if _is_taken(error):
            raise _taken(str(port)) from error
        if isinstance(error, PermissionError):
            raise Trouble(f"ไม่มีสิทธิ์เปิดพอร์ต {port}: เลือกพอร์ตตั้งแต่ 1024 ด้วย --port",
                          f"no right to open port {port}: choose one from 1024 with --port") from error
        raise Trouble(f"เครื่องนี้ไม่มีที่อยู่ {host}: เลือกด้วย --host",
                      f"this machine has no address {host}: see --host") from error


@contextmanager
def serving(
    application: "WSGIApplication", *, host: str = "127.0.0.1", ports: range | list[int],
    sealed_by: ssl.SSLContext | None = None,
) -> Iterator[int]:
    """Serve in the background on the first free port, over TLS where a context is given; gives the port.

    Raises Trouble when all are taken.
    """
    from cheroot.wsgi import Server

    for port in ports:
        server = Server((host, port), application, numthreads=THREADS, request_queue_size=64, server_name="ombun")
        if sealed_by is not None:
            server.ssl_adapter = _adapter(sealed_by)
            server.error_log = _log_of_strangers  # type: ignore[method-assign, assignment]
        try:
            server.prepare()
            break
        except OSError as error:
            if not _is_taken(error):
                raise
    else:
        raise _taken(f"{ports[0]}-{ports[-1]}" if len(ports) > 1 else str(ports[0]))
    thread = threading.Thread(target=server.serve, name="web", daemon=True)
    thread.start()
    try:
        yield int(server.bind_addr[1])
    finally:
        server.stop()
        thread.join(10)


def _adapter(context: ssl.SSLContext) -> Any:
    """TLS for cheroot. Its own adapter shakes hands where it accepts: one phone that falls silent there keeps all
    others waiting. Here the hands are shaken by the thread that reads, like everything else that may take long."""
    from cheroot.ssl.builtin import BuiltinSSLAdapter

    class Adapter(BuiltinSSLAdapter):
        def __init__(self) -> None:
            self.context = context

        def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
            sealed = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
            return sealed, {"wsgi.url_scheme": "https", "HTTPS": "on"}

    return Adapter()


def _log_of_strangers(text: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
    """Phones that do not trust this computer yet break off: that is no fault worth a line on the screen."""
    logging.getLogger("ombun.lan").debug(text, exc_info=traceback)


def run_until_stopped(*, host: str, port: int | None, opens_browser: bool, is_open_to_phones: bool = False) -> None:
    """Serve the pages until Ctrl-C or a signal, and keep house meanwhile."""
    from ombun.jobs.housekeeping import keeping_house
    from ombun.jobs.machine import lan
    from ombun.wsgi import application

    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())
    with ExitStack() as opened:
        taken = opened.enter_context(serving(
            application, host=host, ports=[port] if port is not None else DEFAULT_PORTS))
        shown = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{taken}/"
        wait_until_it_answers(taken, host=host)
        door = opened.enter_context(lan.open_to_phones(application, plain_port=taken)) if is_open_to_phones else None
        print(f"ready {shown}", flush=True)
        if door:
            lan.tell(door)
        say("หยุดด้วย Ctrl-C", "stop with Ctrl-C")
        if opens_browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            threading.Thread(target=webbrowser.open, args=[shown], daemon=True).start()
        with keeping_house(stopped=stopped):
            stopped.wait()
            say("กำลังปิด", "closing")


def wait_until_it_answers(port: int, *, host: str = "127.0.0.1") -> None:
    """Ask for the first page until it comes. Raises Trouble when it fails or does not come."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=60)
        try:
            connection.request("GET", "/")
            status = connection.getresponse().status
        except OSError:
            time.sleep(0.05)
            continue
        finally:
            connection.close()
        if status < 500:
            return
        break
    raise Trouble("หน้าแรกเปิดไม่ได้: ดูสาเหตุใน .ombun/ombun.log", "the first page fails: the reason is in .ombun/ombun.log")


def _taken(ports: str) -> Trouble:
    return Trouble(f"พอร์ต {ports} มีโปรแกรมอื่นใช้อยู่: เลือกพอร์ตอื่นด้วย --port",
                   f"port {ports} is taken by another program: choose another with --port")


def _is_taken(error: Exception) -> bool:
    return (isinstance(error, OSError) and error.errno == errno.EADDRINUSE) or "in use" in str(error)


def _addresses(name: str) -> list[str]:
    try:
        return socket.gethostbyname_ex(name)[2]
    except OSError:
        return []
