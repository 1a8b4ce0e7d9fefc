"""One fresh Jupyter kernel of the running interpreter."""

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.util import run_sync


@contextmanager
def session(folder: Path, environment: Mapping[str, str]) -> Iterator[NotebookClient]:
    """A kernel of this very interpreter, for with no folders to search only the native one is left."""
    # The client of a kernel that has ended warns of its open sockets, which end with it.
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    specifications = KernelSpecManager(kernel_dirs=[])
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specifications)
    with tempfile.TemporaryDirectory() as profile:
        if os.name == "posix":
            manager.transport, manager.ip = "ipc", str(Path(profile) / "kernel")
        client = NotebookClient(nbformat.v4.new_notebook(), km=manager, timeout=None, record_timing=False)
        client.resources["metadata"] = {"path": str(folder)}
        variables = {**os.environ, "PYTHONHASHSEED": "0", **environment, "IPYTHONDIR": profile}
        try:
            with client.setup_kernel(env=variables):
                yield client
        finally:
            run_sync(manager.shutdown_kernel)(now=True)


def evaluate(client: NotebookClient, expressions: Sequence[str]) -> Iterator[Mapping[str, object]]:
    """Results in the order of the expressions, from one request to the kernel."""
    assert client.kc is not None
    if not expressions:
        return iter(())
    numbered = {str(number): expression for number, expression in enumerate(expressions)}
    reply = client.wait_for_reply(client.kc.execute("", user_expressions=numbered))
    assert reply is not None
    given = reply["content"]["user_expressions"]
    return iter([given[number] for number in numbered])
